extension PostgresFunctions {
    static let days: [String] = [
        plpgsql(
            "date(year numeric, month numeric, day numeric)", "date",
            """
            DECLARE
                y integer := martlet_count(year);
                m integer := martlet_count(month);
                d integer := martlet_count(day);
            BEGIN
                IF y NOT BETWEEN 1 AND 9999 OR m NOT BETWEEN 1 AND 12 OR d NOT BETWEEN 1 AND 31 THEN RETURN NULL; END IF;
                IF d > extract(day FROM make_date(y, m, 1) + interval '1 month' - interval '1 day') THEN RETURN NULL; END IF;
                RETURN make_date(y, m, d);
            END
            """),
        guarded(
            "datevalue(t text)", "date",
            """
            CASE WHEN t ~ '^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$'
            THEN martlet_date(split_part(t, '-', 1)::numeric, split_part(t, '-', 2)::numeric, split_part(t, '-', 3)::numeric) END
            """),
        guarded(
            "add(d date, n numeric)", "date",
            """
            CASE WHEN (d - DATE '0001-01-01') + trunc(n) BETWEEN 0 AND DATE '9999-12-31' - DATE '0001-01-01'
            THEN d + trunc(n)::integer END
            """),
        sql("subtract(d date, n numeric)", "date", "martlet_add(d, - n)"),
        plpgsql(
            "addmonths(d date, n numeric)", "date",
            """
            DECLARE
                months integer := martlet_count(n);
                total integer;
                first date;
                last date;
            BEGIN
                IF abs(months) >= 200000 THEN RETURN NULL; END IF;
                total := extract(year FROM d) * 12 + extract(month FROM d) - 1 + months;
                IF total < 12 OR total >= 120000 THEN RETURN NULL; END IF;
                first := make_date(total / 12, total % 12 + 1, 1);
                last := (first + interval '1 month' - interval '1 day')::date;
                IF extract(day FROM d + 1) = 1 THEN RETURN last; END IF;
                RETURN least(last, first + extract(day FROM d)::integer - 1);
            END
            """),
    ]

    static let moments: [String] = [
        // Moments as microseconds since 1970, within the years 1 to 9999.
        sql("microseconds(t timestamptz)", "numeric", "extract(epoch FROM t) * 1000000"),
        guarded(
            "moment(microseconds numeric)", "timestamptz",
            """
            CASE WHEN microseconds BETWEEN -62135596800000000 AND 253402300799999999 THEN (timestamp '1970-01-01 00:00:00'
                + make_interval(days => div(microseconds, 86400000000)::integer)
                + (microseconds % 86400000000)::double precision * interval '1 microsecond') AT TIME ZONE 'UTC' END
            """),
        sql(
            "add(t timestamptz, n numeric)", "timestamptz",
            "martlet_moment(martlet_microseconds(t) + round(martlet_bounded(n * 86400)) * 1000000)"),
        sql("subtract(t timestamptz, n numeric)", "timestamptz", "martlet_add(t, - n)"),
        sql(
            "days_between(a timestamptz, b timestamptz)", "numeric",
            "martlet_divide(martlet_microseconds(a) - martlet_microseconds(b), 86400000000)"),
        sql("milliseconds(t time)", "numeric", "trunc(extract(epoch FROM t) * 1000)"),
        sql(
            "milliseconds_between(a time, b time)", "numeric",
            "mod(martlet_milliseconds(a) - martlet_milliseconds(b) + 86400000, 86400000)"),
        sql(
            "add(t time, n numeric)", "time",
            """
            (time '00:00' + mod(martlet_milliseconds(t) + mod(trunc(n), 86400000) + 86400000, 86400000)::bigint
                * interval '1 millisecond')
            """),
        sql("subtract(t time, n numeric)", "time", "martlet_add(t, - n)"),
        sql(
            "addmonths(t timestamptz, n numeric)", "timestamptz",
            """
            (martlet_addmonths((t AT TIME ZONE 'UTC')::date, n) + (t AT TIME ZONE 'UTC')::time) AT TIME ZONE 'UTC'
            """),
        sql("fromunixtime(n numeric)", "timestamptz", "martlet_moment(round(martlet_bounded(n * 1000000)))"),
        plpgsql(
            "clock(t text)", "bigint",
            """
            DECLARE part text[] := regexp_match(t, '^([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2})(?:\\.([0-9]{1,6}))?)?$');
            BEGIN
                IF part IS NULL OR part[1]::integer > 23 OR part[2]::integer > 59 OR coalesce(part[3], '0')::integer > 59 THEN
                    RETURN NULL;
                END IF;
                RETURN ((part[1]::bigint * 60 + part[2]::bigint) * 60 + coalesce(part[3], '0')::bigint) * 1000000
                    + rpad(coalesce(part[4], '0'), 6, '0')::bigint;
            END
            """),
        plpgsql(
            "datetimevalue(t text)", "timestamptz",
            """
            DECLARE
                part text[] := regexp_match(t,
                    '^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,6})?)?)(?:[Zz]|([+-])([0-9]{2}):?([0-9]{2})?)$');
                day date;
                microseconds bigint;
            BEGIN
                IF part IS NOT NULL AND t !~ ':$' THEN
                    IF coalesce(part[4], '0')::integer > 23 OR coalesce(part[5], '0')::integer > 59 THEN RETURN NULL; END IF;
                    day := martlet_datevalue(part[1]);
                    microseconds := martlet_clock(part[2]) - (coalesce(part[3], '+') || '1')::bigint
                        * (coalesce(part[4], '0')::bigint * 60 + coalesce(part[5], '0')::bigint) * 60000000;
                ELSE
                    part := regexp_match(t, '^([0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?: ([0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}))?$');
                    day := martlet_datevalue(part[1]);
                    microseconds := martlet_clock(coalesce(part[2], '0:0:0'));
                END IF;
                RETURN martlet_moment((day - DATE '1970-01-01')::numeric * 86400000000 + microseconds);
            END
            """),
        plpgsql(
            "timevalue(t text)", "time",
            """
            DECLARE microseconds bigint := CASE WHEN t ~ '^[0-9]{2}:[0-9]{2}(:[0-9]{2}|$)' AND t !~ ':[0-9]$|:[0-9]\\.' THEN martlet_clock(t) END;
            BEGIN
                RETURN CASE WHEN microseconds % 1000 = 0 THEN time '00:00' + microseconds * interval '1 microsecond' END;
            END
            """),
        plpgsql(
            "formatduration(n numeric, with_days boolean)", "text", isStrict: false,
            """
            DECLARE
                total bigint;
                tail text;
            BEGIN
                IF n IS NULL OR trunc(abs(n)) > 9223372036854775807 THEN RETURN NULL; END IF;
                total := trunc(abs(n));
                tail := lpad((total / 60 % 60)::text, 2, '0') || ':' || lpad((total % 60)::text, 2, '0');
                IF with_days THEN
                    RETURN total / 86400 || ':' || lpad((total / 3600 % 24)::text, 2, '0') || ':' || tail;
                END IF;
                RETURN CASE WHEN total < 36000 THEN '0' ELSE '' END || total / 3600 || ':' || tail;
            END
            """),
        sql("formatduration(n numeric)", "text", "martlet_formatduration(n, false)"),
        sql(
            "formatduration(a timestamptz, b timestamptz)", "text",
            "martlet_formatduration(trunc(extract(epoch FROM b - a)), true)"),
        sql(
            "formatduration(a time, b time)", "text",
            "martlet_formatduration(trunc((martlet_milliseconds(b) - martlet_milliseconds(a)) / 1000), false)"),
    ]

    static let places: [String] = [
        guarded(
            "geolocation(latitude numeric, longitude numeric)", "jsonb",
            """
            CASE WHEN abs(latitude) <= 90 AND abs(longitude) <= 180
            THEN jsonb_build_object('latitude', latitude::double precision, 'longitude', longitude::double precision) END
            """),
        plpgsql(
            "distance(a jsonb, b jsonb, unit text)", "numeric",
            """
            DECLARE
                radius double precision := CASE lower(unit) WHEN 'km' THEN 6371.009 WHEN 'mi' THEN 3958.761 END;
                degree double precision := pi() / 180;
                p double precision := (a ->> 'latitude')::double precision * degree;
                q double precision := (a ->> 'longitude')::double precision * degree;
                r double precision := (b ->> 'latitude')::double precision * degree;
                s double precision := (b ->> 'longitude')::double precision * degree;
                x double precision := sin(q) * cos(p) - sin(s) * cos(r);
                y double precision := cos(q) * cos(p) - cos(s) * cos(r);
                z double precision := sin(p) - sin(r);
            BEGIN
                RETURN martlet_double(2 * radius * asin(least(1::double precision, sqrt(x * x + y * y + z * z) / 2)));
            END
            """),
    ]
}
