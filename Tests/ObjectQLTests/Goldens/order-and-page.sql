-- sqlite
SELECT t0."Name", t0."AnnualRevenue", t0."Industry", t0."CreatedDate", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" ORDER BY 2 DESC NULLS FIRST, 3 NULLS LAST, 4 DESC, 5 DESC LIMIT 21 OFFSET ?1
-- [SQL.Bind.integer(40)]
SELECT COUNT(*) FROM "Account" AS t0 WHERE NOT t0."IsDeleted"
-- []

-- postgres
SELECT t0."Name", t0."AnnualRevenue", t0."Industry", t0."CreatedDate", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" ORDER BY 2 DESC, 3, 4 DESC NULLS LAST, 5 DESC NULLS LAST LIMIT 21 OFFSET $1
-- [SQL.Bind.integer(40)]
SELECT COUNT(*) FROM "Account" AS t0 WHERE NOT t0."IsDeleted"
-- []
