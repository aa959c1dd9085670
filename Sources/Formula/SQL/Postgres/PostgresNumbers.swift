extension PostgresFunctions {
    static let numbers: [String] = [
        // The place of the first digit: 0 for 1 to 9, 2 for hundreds, -1 for tenths.
        plpgsql(
            "magnitude(x numeric)", "integer",
            """
            DECLARE spelled text := trim_scale(abs(x))::text;
            BEGIN
                IF abs(x) >= 1 THEN RETURN position('.' in spelled || '.') - 2; END IF;
                RETURN - 1 - length((regexp_match(spelled, '^0\\.(0*)'))[1]);
            END
            """),
        guarded(
            "significant(x numeric, digits integer)", "numeric",
            "CASE WHEN x = 0 THEN 0 ELSE round(x, digits - 1 - martlet_magnitude(x)) END"),
        // 37 significant digits, at most 64 of them after the point, below 10^64.
        plpgsql(
            "bounded(x numeric)", "numeric",
            """
            DECLARE y numeric := x;
            BEGIN
                IF x = 0 THEN RETURN 0; END IF;
                IF abs(x) >= 1e18 OR scale(x) > 18 THEN y := round(martlet_significant(x, 37), 64); END IF;
                RETURN CASE WHEN abs(y) < 1e64 THEN trim_scale(y) END;
            END
            """),
        plpgsql(
            "divide(a numeric, b numeric)", "numeric",
            """
            DECLARE shift integer;
            BEGIN
                IF b = 0 THEN RETURN NULL; END IF;
                IF a = 0 THEN RETURN 0; END IF;
                shift := 40 + martlet_magnitude(b) - martlet_magnitude(a);
                RETURN martlet_bounded(div(a * ('1e' || shift)::numeric, b) * ('1e' || - shift)::numeric);
            END
            """),
        plpgsql(
            "whole_power(base numeric, exponent numeric)", "numeric",
            """
            DECLARE
                result numeric := 1;
                square numeric := base;
                rest bigint;
            BEGIN
                IF exponent <> trunc(exponent) OR abs(exponent) > 9223372036854775807 THEN RETURN NULL; END IF;
                rest := abs(exponent);
                IF exponent < 0 THEN square := martlet_divide(1, base); END IF;
                WHILE rest > 0 LOOP
                    IF rest & 1 = 1 THEN result := martlet_bounded(result * square); END IF;
                    rest := rest >> 1;
                    IF rest > 0 THEN square := martlet_bounded(square * square); END IF;
                    IF result IS NULL OR square IS NULL THEN RETURN NULL; END IF;
                END LOOP;
                RETURN result;
            END
            """),
        guarded("mod(a numeric, b numeric)", "numeric", "CASE WHEN b <> 0 THEN martlet_bounded(a % b) END"),
        // A whole number that fits an integer, for counts and positions.
        sql("count(x numeric)", "integer", "trunc(least(greatest(x, -2000000000), 2000000000))::integer"),
        sql("digits(x numeric)", "integer", "trunc(least(greatest(x, -64), 64))::integer"),
        sql("round(x numeric, digits numeric)", "numeric", "martlet_bounded(round(x, martlet_digits(digits)))"),
        sql("trunc(x numeric)", "numeric", "martlet_bounded(trunc(x))"),
        sql("trunc(x numeric, digits numeric)", "numeric", "martlet_bounded(trunc(x, martlet_digits(digits)))"),
        sql("mceiling(x numeric)", "numeric", "ceil(martlet_significant(x, 33))"),
        sql("mfloor(x numeric)", "numeric", "floor(martlet_significant(x, 33))"),
        guarded("ceiling(x numeric)", "numeric", "CASE WHEN x < 0 THEN martlet_mfloor(x) ELSE martlet_mceiling(x) END"),
        sql("floor(x numeric)", "numeric", "trunc(martlet_significant(x, 33))"),
        // A result as its column holds it: 18 digits.
        guarded(
            "fit(x numeric, digits integer)", "numeric",
            "CASE WHEN abs(round(x, digits)) < ('1e' || (18 - digits))::numeric THEN round(x, digits) END"),
        guarded(
            "max(x numeric[])", "numeric", "CASE WHEN array_position(x, NULL) IS NULL THEN (SELECT max(n) FROM unnest(x) n) END"),
        guarded(
            "min(x numeric[])", "numeric", "CASE WHEN array_position(x, NULL) IS NULL THEN (SELECT min(n) FROM unnest(x) n) END"),
        sql("text(x numeric)", "text", "trim_scale(x)::text"),
        plpgsql(
            "value(t text)", "numeric",
            """
            BEGIN
                RETURN CASE WHEN martlet_isnumber(t) THEN martlet_bounded(t::numeric) END;
            END
            """),
        plpgsql(
            "isnumber(t text)", "boolean", isStrict: false,
            """
            DECLARE exponent text := substring(t from '[eE]([+-]?[0-9]+)$');
            BEGIN
                RETURN coalesce(t, '') ~ '^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,5})?$'
                    AND length(t) < 10000 AND (exponent IS NULL OR abs(exponent::integer) <= 6000);
            END
            """),
    ]

    /// In double precision, of which 15 digits count.
    static let scientific: [String] = [
        sql("double(x double precision)", "numeric", "martlet_bounded(x::numeric)"),
        guarded("sqrt(x numeric)", "numeric", "CASE WHEN x >= 0 THEN martlet_double(sqrt(x::double precision)) END"),
        guarded(
            "exp(x numeric)", "numeric",
            "CASE WHEN x < -160 THEN 0 WHEN x < 150 THEN martlet_double(exp(x::double precision)) END"),
        guarded("ln(x numeric)", "numeric", "CASE WHEN x > 0 THEN martlet_double(ln(x::double precision)) END"),
        guarded("log(x numeric)", "numeric", "CASE WHEN x > 0 THEN martlet_double(log(x::double precision)) END"),
        plpgsql(
            "power(base numeric, exponent numeric)", "numeric",
            """
            DECLARE magnitude double precision;
            BEGIN
                IF exponent = trunc(exponent) AND abs(exponent) <= 9223372036854775807 THEN RETURN martlet_whole_power(base, exponent); END IF;
                IF base < 0 OR base = 0 AND exponent < 0 THEN RETURN NULL; END IF;
                IF base = 0 THEN RETURN 0; END IF;
                magnitude := ln(base::double precision) * exponent::double precision;
                IF magnitude > 200 THEN RETURN NULL; END IF;
                IF magnitude < -200 THEN RETURN 0; END IF;
                RETURN martlet_double(power(base::double precision, exponent::double precision));
            END
            """),
        sql("sin(x numeric)", "numeric", "martlet_double(sin(x::double precision))"),
        sql("cos(x numeric)", "numeric", "martlet_double(cos(x::double precision))"),
        sql("tan(x numeric)", "numeric", "martlet_double(tan(x::double precision))"),
        guarded("asin(x numeric)", "numeric", "CASE WHEN abs(x) <= 1 THEN martlet_double(asin(x::double precision)) END"),
        guarded("acos(x numeric)", "numeric", "CASE WHEN abs(x) <= 1 THEN martlet_double(acos(x::double precision)) END"),
        sql("atan(x numeric)", "numeric", "martlet_double(atan(x::double precision))"),
        sql("atan2(y numeric, x numeric)", "numeric", "martlet_double(atan2(y::double precision, x::double precision))"),
        // 64 bits that wrap around, as a signed integer.
        sql(
            "wrapped(x numeric)", "bigint",
            "(mod(mod(x, 18446744073709551616) + 27670116110564327424, 18446744073709551616) - 9223372036854775808)::bigint"),
        sql("shifted(x bigint, bits integer)", "bigint", "(x >> bits) & ((1::bigint << (64 - bits)) - 1)"),
        plpgsql(
            "random(seed numeric)", "numeric",
            """
            DECLARE
                hash bigint := martlet_wrapped(14695981039346656037);
                byte integer;
            BEGIN
                FOREACH byte IN ARRAY (SELECT array_agg(ascii(c)) FROM regexp_split_to_table(martlet_text(seed), '') c) LOOP
                    hash := martlet_wrapped((hash # byte)::numeric * 1099511628211);
                END LOOP;
                hash := martlet_wrapped(hash::numeric + 11400714819323198485);
                hash := martlet_wrapped((hash # martlet_shifted(hash, 30))::numeric * 13787848793156543929);
                hash := martlet_wrapped((hash # martlet_shifted(hash, 27))::numeric * 10723151780598845931);
                hash := hash # martlet_shifted(hash, 31);
                RETURN trunc(martlet_divide(martlet_shifted(hash, 11), 9007199254740992), 16);
            END
            """),
    ]
}
