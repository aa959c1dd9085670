-- sqlite
SELECT t0."Name", ((CAST(strftime('%j', t0."Founded") AS INTEGER) + 6) / 7), CAST(strftime('%m', t0."LastCall" / 1000000 - (t0."LastCall" % 1000000 < 0), 'unixepoch') AS INTEGER), t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND (CAST(strftime('%H', t0."LastCall" / 1000000 - (t0."LastCall" % 1000000 < 0), 'unixepoch') AS INTEGER) < ?1 AND (date(t0."LastCall" / 1000000 - (t0."LastCall" % 1000000 < 0), 'unixepoch') >= ?2 AND date(t0."LastCall" / 1000000 - (t0."LastCall" % 1000000 < 0), 'unixepoch') < ?3)) ORDER BY 2 DESC, 3 NULLS LAST, 4 LIMIT 51
-- [SQL.Bind.integer(12), SQL.Bind.late(SQL.Late.firstDay(LAST_WEEK)), SQL.Bind.late(SQL.Late.dayAfter(LAST_WEEK))]

-- postgres
SELECT t0."Name", ((extract(doy FROM t0."Founded"::timestamp)::int + 6) / 7), extract(month FROM (t0."LastCall" AT TIME ZONE 'UTC'))::int, t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND (extract(hour FROM (t0."LastCall" AT TIME ZONE 'UTC'))::int < $1 AND ((t0."LastCall" AT TIME ZONE 'UTC')::date >= $2 AND (t0."LastCall" AT TIME ZONE 'UTC')::date < $3)) ORDER BY 2 DESC NULLS LAST, 3, 4 NULLS FIRST LIMIT 51
-- [SQL.Bind.integer(12), SQL.Bind.late(SQL.Late.firstDay(LAST_WEEK)), SQL.Bind.late(SQL.Late.dayAfter(LAST_WEEK))]
