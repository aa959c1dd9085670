-- sqlite
SELECT g.c0, g.c1, g.c2, g.c3, g.c4, g.c5, g.c6 FROM (SELECT t0."Industry" AS c0, COUNT(*) AS c1, COUNT(DISTINCT t0."OwnerId") AS c2, martlet_sum(SUM(t0."AnnualRevenue" / 1000000000), SUM(t0."AnnualRevenue" % 1000000000), 2) AS c3, martlet_avg(SUM(t0."Budget" / 1000000000), SUM(t0."Budget" % 1000000000), COUNT(t0."Budget"), 4) AS c4, MIN(t0."Founded") AS c5, MAX(t0."LastCall") AS c6 FROM "Account" AS t0 WHERE NOT t0."IsDeleted" GROUP BY 1) AS g WHERE (g.c1 > ?1 AND (g.c3 >= ?2 OR g.c0 IS NULL)) ORDER BY 2 DESC, 1 LIMIT 11 OFFSET ?3
-- [SQL.Bind.integer(1), SQL.Bind.decimal(1000, scale: 2), SQL.Bind.integer(5)]

-- postgres
SELECT g.c0, g.c1, g.c2, g.c3, g.c4, g.c5, g.c6 FROM (SELECT t0."Industry" AS c0, COUNT(*) AS c1, COUNT(DISTINCT t0."OwnerId") AS c2, SUM(t0."AnnualRevenue") AS c3, ROUND(SUM(t0."Budget") * 1.000000000000000000 / COUNT(t0."Budget"), 8) AS c4, MIN(t0."Founded") AS c5, MAX(t0."LastCall") AS c6 FROM "Account" AS t0 WHERE NOT t0."IsDeleted" GROUP BY 1) AS g WHERE (g.c1 > $1 AND (g.c3 >= $2 OR g.c0 IS NULL)) ORDER BY 2 DESC NULLS LAST, 1 NULLS FIRST LIMIT 11 OFFSET $3
-- [SQL.Bind.integer(1), SQL.Bind.decimal(1000, scale: 2), SQL.Bind.integer(5)]
