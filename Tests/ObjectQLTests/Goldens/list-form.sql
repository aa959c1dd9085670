-- sqlite
SELECT t0."Name", t0."Id" FROM "Opportunity" AS t0 WHERE NOT t0."IsDeleted" AND ((t0."CloseDate" >= ?1 AND t0."CloseDate" < ?2) AND (t0."CloseDate" >= ?3 AND t0."CloseDate" < ?4) AND (t0."Stage" IN (?5)) IS NOT TRUE AND (t0."Amount" >= ?6 OR t0."OwnerId" IS NOT ?7)) ORDER BY 2 LIMIT 51
-- [SQL.Bind.late(SQL.Late.firstDay(THIS_QUARTER)), SQL.Bind.late(SQL.Late.dayAfter(THIS_QUARTER)), SQL.Bind.late(SQL.Late.firstDay(LAST_N_DAYS:30)), SQL.Bind.late(SQL.Late.dayAfter(LAST_N_DAYS:30)), SQL.Bind.text("Closed Lost"), SQL.Bind.decimal(1000, scale: 2), SQL.Bind.late(SQL.Late.user)]

-- postgres
SELECT t0."Name", t0."Id" FROM "Opportunity" AS t0 WHERE NOT t0."IsDeleted" AND ((t0."CloseDate" >= $1 AND t0."CloseDate" < $2) AND (t0."CloseDate" >= $3 AND t0."CloseDate" < $4) AND (t0."Stage" IN ($5)) IS NOT TRUE AND (t0."Amount" >= $6 OR t0."OwnerId" IS DISTINCT FROM $7)) ORDER BY 2 LIMIT 51
-- [SQL.Bind.late(SQL.Late.firstDay(THIS_QUARTER)), SQL.Bind.late(SQL.Late.dayAfter(THIS_QUARTER)), SQL.Bind.late(SQL.Late.firstDay(LAST_N_DAYS:30)), SQL.Bind.late(SQL.Late.dayAfter(LAST_N_DAYS:30)), SQL.Bind.text("Closed Lost"), SQL.Bind.decimal(1000, scale: 2), SQL.Bind.late(SQL.Late.user)]
