from archive.extraction.calibration import CONFIDENCE


def test_confidence_is_a_share_and_a_guess_is_below_a_cue():
    assert all(0 <= share <= 1 for share in CONFIDENCE.values())
    assert CONFIDENCE["none"] < CONFIDENCE["last-speaker"] < CONFIDENCE["inverted-cue"]
