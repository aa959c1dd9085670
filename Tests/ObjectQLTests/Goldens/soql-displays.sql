-- sqlite
SELECT t0."Industry", martlet_format(t0."AnnualRevenue", 2), strftime('%Y-%m-%d %H:%M', t0."LastCall" / 1000000 - (t0."LastCall" % 1000000 < 0), 'unixepoch'), t0."Budget", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND t0."Industry" = ?1 ORDER BY 5 LIMIT 51
-- [SQL.Bind.text("Energy")]

-- postgres
SELECT t0."Industry", to_char((t0."AnnualRevenue")::numeric, 'FM999,999,999,999,999,999,999,999,999,999,999,999,990.00'), to_char((t0."LastCall" AT TIME ZONE 'UTC'), 'YYYY-MM-DD HH24:MI'), t0."Budget", t0."Id" FROM "Account" AS t0 WHERE NOT t0."IsDeleted" AND t0."Industry" = $1 ORDER BY 5 LIMIT 51
-- [SQL.Bind.text("Energy")]
