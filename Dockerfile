# syntax=docker/dockerfile:1

# What every stage and the running server share.
FROM node:24-alpine AS base
RUN apk add --no-cache ffmpeg python3
WORKDIR /app

# Server, plugins and web app as JavaScript, with all packages.
FROM base AS build
COPY package.json package-lock.json tsconfig.base.json ./
COPY sdk sdk
COPY plugins plugins
COPY core core
COPY ui ui
COPY scripts scripts
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund
RUN node scripts/build.ts && rm -r plugins/*/*/src

# The packages of the server alone, without the sources.
FROM base AS packages
COPY package.json package-lock.json ./
COPY sdk sdk
COPY plugins plugins
COPY core core
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund --omit=dev \
  --workspace=core --workspace=core/embedded-mongo --workspace=sdk \
  --workspace=plugins/connectors --workspace=plugins/processors \
  && rm -r core/src core/scripts core/embedded-mongo/src sdk/src plugins

# yt-dlp and gallery-dl, by the lock with hashes: a start takes no network. /opt/tools has no pip.
FROM base AS tools
RUN apk add --no-cache py3-pip
COPY core/tools.lock/requirements.lock ./
RUN python3 -m venv --without-pip /opt/tools \
  && pip --python /opt/tools/bin/python3 install --no-cache-dir --require-hashes --prefer-binary -r requirements.lock

FROM base
ENV NODE_ENV=production \
  PATH=/opt/tools/bin:$PATH \
  HOST=0.0.0.0 \
  PORT=8484 \
  DATA_DIR=/data \
  MEDIA_ROOT=/mnt/media
RUN mkdir -p /data /mnt/media && chown node:node /data /mnt/media
COPY --from=tools /opt/tools /opt/tools
COPY --from=packages /app ./
COPY --from=build /app/core/dist core/dist
COPY --from=build /app/sdk/dist sdk/dist
COPY --from=build /app/plugins plugins
COPY --from=build /app/ui/dist ui/dist
COPY plugins.json LICENSE ./
USER node
EXPOSE 8484
VOLUME ["/data", "/mnt/media"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD wget -q -O /dev/null "http://127.0.0.1:${PORT}/health/live" || exit 1
CMD ["node", "core/dist/main.js"]
