# syntax=docker/dockerfile:1
# Built in one image, run from a small one. See docs/deployment.md.

FROM docker.io/library/swift:6.3-bookworm AS build
RUN apt-get update -q \
    && apt-get install -y --no-install-recommends libsqlite3-dev libpq-dev libcurl4-openssl-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
# What is fetched changes less often than what is compiled.
COPY Package.swift ./
RUN swift package resolve
COPY Sources Sources
COPY triggers triggers
COPY Benchmarks Benchmarks
COPY Tests Tests
RUN swift build -c release --product martlet --static-swift-stdlib \
    && strip "$(swift build -c release --static-swift-stdlib --show-bin-path)/martlet" -o /martlet

FROM docker.io/library/debian:bookworm-slim
RUN apt-get update -q \
    && apt-get install -y --no-install-recommends ca-certificates curl libcurl4 libpq5 libsqlite3-0 tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv --shell /usr/sbin/nologin martlet \
    && install -d -o martlet -g martlet -m 0700 /srv/data
WORKDIR /srv
COPY --from=build /martlet /usr/local/bin/martlet
COPY metadata metadata
COPY triggers triggers
USER martlet
VOLUME /srv/data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/health"]
ENTRYPOINT ["martlet"]
CMD ["serve"]
