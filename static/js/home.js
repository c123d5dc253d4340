// Puts the focus into the search box of the home page where there is a keyboard and room: on a phone it would bring up
// the keys over half of the page. Nothing is taken from who has come back, or is somewhere on the page already.

const input = document.getElementById("home-q");
const [visit] = performance.getEntriesByType("navigation");
if (
  input &&
  matchMedia("(hover: hover) and (pointer: fine) and (min-width: 48rem)").matches &&
  visit?.type !== "back_forward" &&
  !location.hash &&
  document.activeElement === document.body
) {
  input.focus({ preventScroll: true });
}
