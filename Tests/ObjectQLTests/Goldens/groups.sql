-- sqlite
SELECT g.c0, g.c1, g.c2, g.c3, g.c4, g.c5, g.c6 FROM (SELECT t0."Stage" AS c0, date(t0."CloseDate", 'start of month') AS c1, COUNT(*) AS c2, martlet_sum(SUM(t0."Amount" / 1000000000), SUM(t0."Amount" % 1000000000), 2) AS c3, martlet_avg(SUM(t0."Amount" / 1000000000), SUM(t0."Amount" % 1000000000), COUNT(t0."Amount"), 2) AS c4, COUNT(DISTINCT t0."OwnerId") AS c5, MAX(t0."CloseDate") AS c6 FROM "Opportunity" AS t0 WHERE NOT t0."IsDeleted" GROUP BY 1, 2) AS g WHERE (g.c3 > ?1 AND g.c2 >= ?2) ORDER BY 4 DESC, 2, 1 LIMIT 13
-- [SQL.Bind.decimal(0, scale: 2), SQL.Bind.integer(2)]
SELECT COUNT(*) FROM (SELECT t0."Stage" AS c0, date(t0."CloseDate", 'start of month') AS c1, COUNT(*) AS c2, martlet_sum(SUM(t0."Amount" / 1000000000), SUM(t0."Amount" % 1000000000), 2) AS c3, martlet_avg(SUM(t0."Amount" / 1000000000), SUM(t0."Amount" % 1000000000), COUNT(t0."Amount"), 2) AS c4, COUNT(DISTINCT t0."OwnerId") AS c5, MAX(t0."CloseDate") AS c6 FROM "Opportunity" AS t0 WHERE NOT t0."IsDeleted" GROUP BY 1, 2) AS g WHERE (g.c3 > ?1 AND g.c2 >= ?2)
-- [SQL.Bind.decimal(0, scale: 2), SQL.Bind.integer(2)]

-- postgres
SELECT g.c0, g.c1, g.c2, g.c3, g.c4, g.c5, g.c6 FROM (SELECT t0."Stage" AS c0, date_trunc('month', t0."CloseDate"::timestamp)::date AS c1, COUNT(*) AS c2, SUM(t0."Amount") AS c3, ROUND(SUM(t0."Amount") * 1.0000000000000000 / COUNT(t0."Amount"), 6) AS c4, COUNT(DISTINCT t0."OwnerId") AS c5, MAX(t0."CloseDate") AS c6 FROM "Opportunity" AS t0 WHERE NOT t0."IsDeleted" GROUP BY 1, 2) AS g WHERE (g.c3 > $1 AND g.c2 >= $2) ORDER BY 4 DESC NULLS LAST, 2 NULLS FIRST, 1 NULLS FIRST LIMIT 13
-- [SQL.Bind.decimal(0, scale: 2), SQL.Bind.integer(2)]
SELECT COUNT(*) FROM (SELECT t0."Stage" AS c0, date_trunc('month', t0."CloseDate"::timestamp)::date AS c1, COUNT(*) AS c2, SUM(t0."Amount") AS c3, ROUND(SUM(t0."Amount") * 1.0000000000000000 / COUNT(t0."Amount"), 6) AS c4, COUNT(DISTINCT t0."OwnerId") AS c5, MAX(t0."CloseDate") AS c6 FROM "Opportunity" AS t0 WHERE NOT t0."IsDeleted" GROUP BY 1, 2) AS g WHERE (g.c3 > $1 AND g.c2 >= $2)
-- [SQL.Bind.decimal(0, scale: 2), SQL.Bind.integer(2)]
