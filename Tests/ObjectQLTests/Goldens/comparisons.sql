-- sqlite
SELECT t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND (t0."Name" IS NOT ?1 AND (t0."AnnualRevenue" >= ?2 AND t0."AnnualRevenue" IS NOT NULL) AND (t0."Employees" >= ?3 AND t0."Employees" <= ?4) AND t0."IsActive" = ?5 AND t0."Founded" < ?6 AND t0."OpensAt" >= ?7) ORDER BY 1 LIMIT 51
-- [SQL.Bind.text("Acme"), SQL.Bind.decimal(100.01, scale: 2), SQL.Bind.decimal(10, scale: 0), SQL.Bind.decimal(100, scale: 0), SQL.Bind.bool(true), SQL.Bind.date(2020-01-01), SQL.Bind.time(08:30:00.000)]

-- postgres
SELECT t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND (t0."Name" IS DISTINCT FROM $1 AND (t0."AnnualRevenue" >= $2 AND t0."AnnualRevenue" IS NOT NULL) AND (t0."Employees" >= $3 AND t0."Employees" <= $4) AND t0."IsActive" = $5 AND t0."Founded" < $6 AND t0."OpensAt" >= $7) ORDER BY 1 LIMIT 51
-- [SQL.Bind.text("Acme"), SQL.Bind.decimal(100.01, scale: 2), SQL.Bind.decimal(10, scale: 0), SQL.Bind.decimal(100, scale: 0), SQL.Bind.bool(true), SQL.Bind.date(2020-01-01), SQL.Bind.time(08:30:00.000)]
