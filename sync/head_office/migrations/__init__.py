"""The shape of head office's database: plain SQL, one file for each step; a released one is never edited."""
