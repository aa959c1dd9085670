-- sqlite
SELECT g.c0, g.c1, g.c2, g.c3 FROM (SELECT CAST(strftime('%Y', t0."CloseDate") AS INTEGER) AS c0, ((CAST(strftime('%m', t0."CloseDate") AS INTEGER) + 11) % 12 / 3 + 1) AS c1, date(t0."CloseDate", 'start of month') AS c2, COUNT(*) AS c3 FROM "Opportunity" AS t0 WHERE NOT t0."IsDeleted" AND (CAST(strftime('%w', t0."CloseDate") AS INTEGER) + 1) IN (?1, ?2) GROUP BY 1, 2, 3) AS g ORDER BY 1 DESC, 2, 3 LIMIT 51
-- [SQL.Bind.integer(2), SQL.Bind.integer(3)]

-- postgres
SELECT g.c0, g.c1, g.c2, g.c3 FROM (SELECT extract(year FROM t0."CloseDate"::timestamp)::int AS c0, ((extract(month FROM t0."CloseDate"::timestamp)::int + 11) % 12 / 3 + 1) AS c1, date_trunc('month', t0."CloseDate"::timestamp)::date AS c2, COUNT(*) AS c3 FROM "Opportunity" AS t0 WHERE NOT t0."IsDeleted" AND (extract(dow FROM t0."CloseDate"::timestamp)::int + 1) IN ($1, $2) GROUP BY 1, 2, 3) AS g ORDER BY 1 DESC NULLS LAST, 2 NULLS FIRST, 3 NULLS FIRST LIMIT 51
-- [SQL.Bind.integer(2), SQL.Bind.integer(3)]
