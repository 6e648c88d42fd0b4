-- What members had of what, by day: limits by day, month or year count it. One row for each thing a record logs; its
-- key is the index by member that the question reads.
CREATE TABLE usage (
    member BLOB NOT NULL CHECK (length(member) = 16),
    day    INTEGER NOT NULL,
    what   TEXT NOT NULL CHECK (what <> ''),
    seq    INTEGER NOT NULL REFERENCES journal (seq),
    amount INTEGER NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (member, day, what, seq)
) STRICT, WITHOUT ROWID;

-- What sales made before this table was there logged. Their refunds did not say what they took back of which rule.
INSERT INTO usage (member, day, what, seq, amount)
SELECT member, business_date, 'points', seq, sum(json_extract(earned.value, '$.points')) AS points
FROM journal, json_each(CAST(payload AS TEXT), '$.body.member.earned') AS earned
WHERE kind = 'sale.completed' AND member IS NOT NULL
GROUP BY seq
HAVING points <> 0;
INSERT INTO usage (member, day, what, seq, amount)
SELECT member, business_date, 'points:' || json_extract(earned.value, '$.rule_id') AS what, seq,
    sum(json_extract(earned.value, '$.points')) AS points
FROM journal, json_each(CAST(payload AS TEXT), '$.body.member.earned') AS earned
WHERE kind = 'sale.completed' AND member IS NOT NULL
GROUP BY seq, what
HAVING points <> 0;
