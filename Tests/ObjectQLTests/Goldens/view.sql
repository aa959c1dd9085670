-- sqlite
SELECT t0."Name", t1."Name", t1."Id", t0."AnnualRevenue", t0."Id" FROM "Account" AS t0 LEFT JOIN "User" AS t1 ON t1."Id" = t0."OwnerId" AND NOT t1."IsDeleted" WHERE NOT t0."IsDeleted" AND (t0."AnnualRevenue" > ?1 AND t0."IsActive" = ?2) ORDER BY 4 DESC, 5 DESC LIMIT 51
-- [SQL.Bind.decimal(1000, scale: 2), SQL.Bind.bool(true)]

-- postgres
SELECT t0."Name", t1."Name", t1."Id", t0."AnnualRevenue", t0."Id" FROM "Account" AS t0 LEFT JOIN "User" AS t1 ON t1."Id" = t0."OwnerId" AND NOT t1."IsDeleted" WHERE NOT t0."IsDeleted" AND (t0."AnnualRevenue" > $1 AND t0."IsActive" = $2) ORDER BY 4 DESC NULLS LAST, 5 DESC NULLS LAST LIMIT 51
-- [SQL.Bind.decimal(1000, scale: 2), SQL.Bind.bool(true)]
