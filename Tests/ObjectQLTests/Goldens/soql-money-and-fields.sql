-- sqlite
SELECT t0."Name", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND (t0."Budget" > ?1 AND (martlet_compare(t0."AnnualRevenue", 2, t0."Budget", 4) >= 0) AND t0."OwnerId" = ?2) ORDER BY 2 LIMIT 51
-- [SQL.Bind.decimal(5.5, scale: 4), SQL.Bind.late(SQL.Late.user)]

-- postgres
SELECT t0."Name", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND (t0."Budget" > $1 AND t0."AnnualRevenue" >= t0."Budget" AND t0."OwnerId" = $2) ORDER BY 2 LIMIT 51
-- [SQL.Bind.decimal(5.5, scale: 4), SQL.Bind.late(SQL.Late.user)]
