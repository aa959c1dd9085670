extension PostgresFunctions {
    static let texts: [String] = [
        sql("contains(t text, part text)", "boolean", isStrict: false, "part IS NULL OR strpos(t, part) > 0"),
        sql("begins(t text, part text)", "boolean", isStrict: false, "part IS NULL OR starts_with(t, part)"),
        sql("ends(t text, part text)", "boolean", isStrict: false, "part IS NULL OR right(t, length(part)) = part"),
        sql(
            "find(part text, t text)", "numeric", isStrict: false, "coalesce(strpos(t, nullif(part, '')), 0)::numeric"),
        plpgsql(
            "find(part text, t text, start numeric)", "numeric", isStrict: false,
            """
            DECLARE
                first integer := greatest(1, martlet_count(coalesce(start, 1)));
                place integer;
            BEGIN
                IF part IS NULL OR t IS NULL OR first > length(t) THEN RETURN 0; END IF;
                place := strpos(substr(t, first), part);
                RETURN CASE WHEN place = 0 THEN 0 ELSE place + first - 1 END;
            END
            """),
        sql("left(t text, n numeric)", "text", "nullif(left(t, greatest(0, martlet_count(n))), '')"),
        sql("right(t text, n numeric)", "text", "nullif(right(t, greatest(0, martlet_count(n))), '')"),
        sql(
            "mid(t text, start numeric, n numeric)", "text",
            "nullif(left(substr(t, greatest(1, martlet_count(start))), greatest(0, martlet_count(n))), '')"),
        plpgsql(
            "substr(t text, start numeric, n numeric)", "text",
            """
            DECLARE first integer := martlet_count(start);
            BEGIN
                IF abs(first) > length(t) THEN RETURN NULL; END IF;
                first := CASE WHEN first < 0 THEN length(t) + first + 1 ELSE greatest(1, first) END;
                RETURN nullif(left(substr(t, first), greatest(0, martlet_count(n))), '');
            END
            """),
        sql("substr(t text, start numeric)", "text", "martlet_substr(t, start, length(t)::numeric)"),
        sql("upper(t text)", "text", "upper(t COLLATE \"und-x-icu\")"),
        // Letter by letter where there is a sigma: at the end of a word it would change its form.
        guarded(
            "lower(t text)", "text",
            """
            CASE WHEN strpos(t, 'Σ') = 0 THEN lower(t COLLATE "und-x-icu")
            ELSE (SELECT string_agg(lower(c COLLATE "und-x-icu"), '' ORDER BY i)
                  FROM regexp_split_to_table(t, '') WITH ORDINALITY AS letters(c, i)) END
            """),
        sql(
            "upper(t text, locale text)", "text", isStrict: false,
            "martlet_upper(CASE WHEN lower(locale) ~ '^(tr|az)' THEN translate(t, 'i', 'İ') ELSE t END)"),
        sql(
            "lower(t text, locale text)", "text", isStrict: false,
            "martlet_lower(CASE WHEN lower(locale) ~ '^(tr|az)' THEN translate(t, 'Iİ', 'ıi') ELSE t END)"),
        plpgsql(
            "initcap(t text)", "text",
            """
            DECLARE
                result text := '';
                letter text;
                in_word boolean := false;
            BEGIN
                FOREACH letter IN ARRAY regexp_split_to_array(t, '') LOOP
                    result := result || CASE WHEN in_word THEN lower(letter COLLATE "und-x-icu") ELSE upper(letter COLLATE "und-x-icu") END;
                    in_word := letter COLLATE "und-x-icu" ~ '^[[:alnum:]]$';
                END LOOP;
                RETURN result;
            END
            """),
        sql(
            "lpad(t text, n numeric, pad text)", "text", isStrict: false,
            "CASE WHEN n < 100001 THEN nullif(lpad(t, martlet_count(n), coalesce(pad, '')), '') END"),
        sql(
            "rpad(t text, n numeric, pad text)", "text", isStrict: false,
            "CASE WHEN n < 100001 THEN nullif(rpad(t, martlet_count(n), coalesce(pad, '')), '') END"),
        sql("lpad(t text, n numeric)", "text", "martlet_lpad(t, n, ' ')"),
        sql("rpad(t text, n numeric)", "text", "martlet_rpad(t, n, ' ')"),
        // What a function made longer; NULL where it is too long or empty.
        guarded("grown(t text)", "text", "CASE WHEN length(t) <= 100000 THEN nullif(t, '') END"),
        sql(
            "substitute(t text, old text, new text)", "text", isStrict: false,
            """
            CASE WHEN old IS NULL THEN t
            WHEN length(t)::numeric + (length(t) - length(replace(t, old, '')))::numeric / length(old)
                * (length(coalesce(new, '')) - length(old)) <= 100000
            THEN nullif(replace(t, old, coalesce(new, '')), '') END
            """),
        guarded(
            "chr(code numeric)", "text",
            """
            CASE WHEN martlet_count(code) BETWEEN 1 AND 55295 OR martlet_count(code) BETWEEN 57344 AND 1114111
            THEN chr(martlet_count(code)) END
            """),
        guarded(
            "casesafeid(t text)", "text",
            """
            CASE WHEN t ~ '^[0-9A-Za-z]{15}$' THEN t || (
                SELECT string_agg(substr('ABCDEFGHIJKLMNOPQRSTUVWXYZ012345', 1 + bits, 1), '' ORDER BY part)
                FROM (SELECT (i - 1) / 5 AS part, sum(CASE WHEN substr(t, i, 1) ~ '[A-Z]' THEN 1 << ((i - 1) % 5) ELSE 0 END)::integer AS bits
                      FROM generate_series(1, 15) i GROUP BY 1) sums)
            ELSE t END
            """),
        plpgsql(
            "formatcurrency(currency text, amount numeric)", "text", isStrict: false,
            """
            DECLARE
                digits integer := CASE
                    WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV',
                        'XAF', 'XOF', 'XPF') THEN 0
                    WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
                    WHEN currency IN ('CLF', 'UYW') THEN 4
                    ELSE 2 END;
                rounded numeric := round(amount, digits);
                fraction text := split_part(rounded::text, '.', 2);
            BEGIN
                RETURN coalesce(currency, '') || ' ' || CASE WHEN rounded < 0 THEN '-' ELSE '' END
                    || reverse(regexp_replace(reverse(trunc(abs(rounded))::text), '([0-9]{3})(?=[0-9])', '\\1,', 'g'))
                    || CASE WHEN fraction = '' THEN '' ELSE '.' || fraction END;
            END
            """),
    ]

    static let encodings: [String] = [
        sql(
            "html(t text)", "text",
            "replace(replace(replace(replace(replace(t, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '\"', '&quot;'), '''', '&#39;')"
        ),
        sql(
            "javascript(t text)", "text",
            """
            replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(t,
                '\\', '\\\\'), '''', '\\'''), '"', '\\"'), '/', '\\/'), '<', '\\u003C'), '>', '\\u003E'), chr(10), '\\n'), chr(13), '\\r'),
                chr(9), '\\t'), chr(8232), '\\u2028'), chr(8233), '\\u2029')
            """),
        sql("htmlencode(t text)", "text", "martlet_grown(martlet_html(t))"),
        sql("jsencode(t text)", "text", "martlet_grown(martlet_javascript(t))"),
        sql("jsinhtmlencode(t text)", "text", "martlet_grown(martlet_javascript(martlet_html(t)))"),
        guarded(
            "urlencode(t text)", "text",
            """
            martlet_grown((
                SELECT string_agg(
                    CASE WHEN strpos('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~', chr(greatest(1, get_byte(b, i)))) > 0
                    THEN chr(greatest(1, get_byte(b, i))) ELSE '%' || upper(lpad(to_hex(get_byte(b, i)), 2, '0')) END, '' ORDER BY i)
                FROM (SELECT convert_to(t, 'UTF8') AS b) bytes, generate_series(0, octet_length(b) - 1) i))
            """),
        sql(
            "hyperlink(url text, label text, target text)", "text", isStrict: false,
            """
            '<a href="' || coalesce(martlet_html(url), '') || '" target="' || coalesce(martlet_html(target), '') || '">'
                || coalesce(label, '') || '</a>'
            """),
        sql("hyperlink(url text, label text)", "text", isStrict: false, "martlet_hyperlink(url, label, '_blank')"),
        sql(
            "image(url text, alternative text, height numeric, width numeric)", "text", isStrict: false,
            """
            '<img src="' || coalesce(martlet_html(url), '') || '" alt="' || coalesce(martlet_html(alternative), '') || '"'
                || coalesce(' style="' || nullif(concat_ws(' ', 'height:' || martlet_text(height) || 'px;',
                    'width:' || martlet_text(width) || 'px;'), '') || '"', '') || ' border="0"/>'
            """),
        sql(
            "image(url text, alternative text, height numeric)", "text", isStrict: false,
            "martlet_image(url, alternative, height, NULL)"),
        sql("image(url text, alternative text)", "text", isStrict: false, "martlet_image(url, alternative, NULL, NULL)"),
    ]

    static let patterns: [String] = [
        // A backslash at the end stands for itself.
        sql(
            "like(t text, pattern text)", "boolean", isStrict: false,
            """
            coalesce(t, '') LIKE CASE WHEN pattern ~ '(^|[^\\\\])(\\\\\\\\)*\\\\$' THEN pattern || '\\' ELSE coalesce(pattern, '') END ESCAPE '\\'
            """),
        plpgsql(
            "json(t text)", "jsonb", parallel: "UNSAFE",
            """
            BEGIN
                RETURN t::jsonb;
            EXCEPTION WHEN OTHERS THEN
                RETURN NULL;
            END
            """),
        guarded(
            "scalar(j jsonb)", "text",
            """
            CASE jsonb_typeof(j) WHEN 'number' THEN martlet_text((j #>> '{}')::numeric)
            WHEN 'string' THEN nullif(j #>> '{}', '') WHEN 'boolean' THEN j #>> '{}' END
            """),
        plpgsql(
            "jsonvalue(t text, key text)", "text", parallel: "UNSAFE",
            """
            DECLARE document jsonb := martlet_json(t);
            BEGIN
                RETURN CASE WHEN jsonb_typeof(document) = 'object' THEN martlet_scalar(document -> key) END;
            END
            """),
        plpgsql(
            "jsonpathvalue(t text, path text)", "text", parallel: "UNSAFE",
            """
            DECLARE
                document jsonb := martlet_json(t);
                rest text := CASE WHEN left(path, 1) = '$' THEN substr(path, 2) ELSE '.' || path END;
                step text[];
            BEGIN
                WHILE rest <> '' LOOP
                    step := regexp_match(rest, '^(?:\\.([^.[]+)|\\[([0-9]{1,18})\\]|\\[''([^]]+)''\\]|\\["([^]]+)"\\])');
                    IF step IS NULL THEN RETURN NULL; END IF;
                    rest := substr(rest, 1 + length((regexp_match(rest, '^(?:\\.[^.[]+|\\[[0-9]{1,18}\\]|\\[''[^]]+''\\]|\\["[^]]+"\\])'))[1]));
                    IF step[2] IS NOT NULL THEN
                        document := CASE WHEN jsonb_typeof(document) = 'array' AND step[2]::bigint < 2000000000
                            THEN document -> step[2]::integer END;
                    ELSE
                        document := CASE WHEN jsonb_typeof(document) = 'object'
                            THEN document -> coalesce(step[1], step[3], step[4]) END;
                    END IF;
                END LOOP;
                RETURN martlet_scalar(document);
            END
            """),
    ]
}
