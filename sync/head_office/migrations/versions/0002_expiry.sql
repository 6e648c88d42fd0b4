-- Head office books what expires: it looks for accounts by the first last day of what they hold.
ALTER TABLE account ADD COLUMN ends_on date;
UPDATE account SET ends_on = ends.first FROM (
    SELECT member, min(last) AS first FROM (
        SELECT member, (lot ->> 3)::date AS last, (lot ->> 1)::bigint AS amount FROM account,
               jsonb_array_elements(coalesce(convert_from(body, 'UTF8')::jsonb -> 'lots', '[]')) AS lot
        UNION ALL
        SELECT member, (held ->> 5)::date, (held ->> 2)::bigint FROM account,
               jsonb_array_elements(coalesce(convert_from(body, 'UTF8')::jsonb -> 'wallet', '[]')) AS held
    ) AS each_lot WHERE amount > 0 GROUP BY member
) AS ends WHERE ends.member = account.member AND ends.first IS NOT NULL;
CREATE INDEX account_ends ON account (ends_on) WHERE ends_on IS NOT NULL;
