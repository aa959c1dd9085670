-- sqlite
SELECT t0."Id", t0."CreatedDate", t0."CreatedById", t0."LastModifiedDate", t0."LastModifiedById", t0."Version", t0."IsDeleted", t0."Name", t0."Email", t0."Born", t0."Salary", t0."AccountId", t0."ReportsToId" FROM "Contact" AS t0 WHERE NOT t0."IsDeleted" ORDER BY 1 LIMIT 51
-- []

-- postgres
SELECT t0."Id", t0."CreatedDate", t0."CreatedById", t0."LastModifiedDate", t0."LastModifiedById", t0."Version", t0."IsDeleted", t0."Name", t0."Email", t0."Born", t0."Salary", t0."AccountId", t0."ReportsToId" FROM "Contact" AS t0 WHERE NOT t0."IsDeleted" ORDER BY 1 LIMIT 51
-- []
