-- sqlite
SELECT t0."Id", t0."CreatedDate", t0."CreatedById", t0."LastModifiedDate", t0."LastModifiedById", t0."Version", t0."IsDeleted" FROM "Secret" AS t0 ORDER BY 1 LIMIT 51
-- []

-- postgres
SELECT t0."Id", t0."CreatedDate", t0."CreatedById", t0."LastModifiedDate", t0."LastModifiedById", t0."Version", t0."IsDeleted" FROM "Secret" AS t0 ORDER BY 1 LIMIT 51
-- []
