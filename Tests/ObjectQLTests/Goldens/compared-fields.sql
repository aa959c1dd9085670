-- sqlite
SELECT t0."Id" FROM "Account" AS t0 LEFT JOIN "User" AS t1 ON t1."Id" = t0."OwnerId" AND NOT t1."IsDeleted" WHERE NOT t0."IsDeleted" AND ((martlet_compare(t0."AnnualRevenue", 2, t0."Budget", 4) > 0) AND (t0."Name" IS t1."Name") IS NOT TRUE AND t0."OwnerId" = ?1) ORDER BY 1 LIMIT 51
-- [SQL.Bind.late(SQL.Late.user)]

-- postgres
SELECT t0."Id" FROM "Account" AS t0 LEFT JOIN "User" AS t1 ON t1."Id" = t0."OwnerId" AND NOT t1."IsDeleted" WHERE NOT t0."IsDeleted" AND (t0."AnnualRevenue" > t0."Budget" AND (t0."Name" IS NOT DISTINCT FROM t1."Name") IS NOT TRUE AND t0."OwnerId" = $1) ORDER BY 1 LIMIT 51
-- [SQL.Bind.late(SQL.Late.user)]
