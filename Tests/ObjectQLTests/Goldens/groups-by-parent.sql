-- sqlite
SELECT g.c3, g.c0, CASE WHEN g.c0 IS NOT NULL OR g.c1 IS NOT NULL OR g.c2 IS NOT NULL THEN 1 END, g.c2, g.c1 FROM (SELECT t1."Name" AS c0, t1."Industry" AS c1, CASE WHEN t1."Id" IS NOT NULL THEN ((coalesce(t1."AnnualRevenue", 0) > 100000)) END AS c2, COUNT(*) AS c3 FROM "Opportunity" AS t0 LEFT JOIN "Account" AS t1 ON t1."Id" = t0."AccountId" AND NOT t1."IsDeleted" WHERE NOT t0."IsDeleted" GROUP BY 1, 2, 3) AS g ORDER BY 2, 5, 4 LIMIT 51
-- []

-- postgres
SELECT g.c3, g.c0, CASE WHEN g.c0 IS NOT NULL OR g.c1 IS NOT NULL OR g.c2 IS NOT NULL THEN 1 END, g.c2, g.c1 FROM (SELECT t1."Name" AS c0, t1."Industry" AS c1, CASE WHEN t1."Id" IS NOT NULL THEN (coalesce((coalesce(t1."AnnualRevenue", 0) > (1000::numeric)), false)) END AS c2, COUNT(*) AS c3 FROM "Opportunity" AS t0 LEFT JOIN "Account" AS t1 ON t1."Id" = t0."AccountId" AND NOT t1."IsDeleted" WHERE NOT t0."IsDeleted" GROUP BY 1, 2, 3) AS g ORDER BY 2 NULLS FIRST, 5 NULLS FIRST, 4 NULLS FIRST LIMIT 51
-- []
