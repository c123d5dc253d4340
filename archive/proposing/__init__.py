"""Finds what editors should look at: two records of one person, one record of two people, a report that came twice."""
