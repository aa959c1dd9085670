-- sqlite
SELECT g.c0, g.c1, g.c2, g.c3, g.c4 FROM (SELECT date(t0."StartedAt" / 1000000 - (t0."StartedAt" % 1000000 < 0), 'unixepoch') AS c0, date(t0."StartedAt" / 1000000 - (t0."StartedAt" % 1000000 < 0), 'unixepoch', '-' || ((strftime('%w', t0."StartedAt" / 1000000 - (t0."StartedAt" % 1000000 < 0), 'unixepoch') + 6) % 7) || ' days') AS c1, date(t0."StartedAt" / 1000000 - (t0."StartedAt" % 1000000 < 0), 'unixepoch', 'start of month', '-' || ((strftime('%m', t0."StartedAt" / 1000000 - (t0."StartedAt" % 1000000 < 0), 'unixepoch') + 11) % 3) || ' months') AS c2, date(t0."StartedAt" / 1000000 - (t0."StartedAt" % 1000000 < 0), 'unixepoch', 'start of year') AS c3, COUNT(*) AS c4 FROM "Activity" AS t0 WHERE NOT t0."IsDeleted" GROUP BY 1, 2, 3, 4) AS g ORDER BY 1, 2, 3, 4 LIMIT 51
-- []

-- postgres
SELECT g.c0, g.c1, g.c2, g.c3, g.c4 FROM (SELECT (t0."StartedAt" AT TIME ZONE 'UTC')::date AS c0, (date_trunc('week', (t0."StartedAt" AT TIME ZONE 'UTC') + interval '0 days') - interval '0 days')::date AS c1, date_trunc('quarter', (t0."StartedAt" AT TIME ZONE 'UTC'))::date AS c2, date_trunc('year', (t0."StartedAt" AT TIME ZONE 'UTC'))::date AS c3, COUNT(*) AS c4 FROM "Activity" AS t0 WHERE NOT t0."IsDeleted" GROUP BY 1, 2, 3, 4) AS g ORDER BY 1 NULLS FIRST, 2 NULLS FIRST, 3 NULLS FIRST, 4 NULLS FIRST LIMIT 51
-- []
