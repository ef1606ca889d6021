# syntax=docker/dockerfile:1

FROM node:24.21.0-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
# Dependencies' install scripts stay off; none of those in the image needs one.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY app.yml ./
COPY src ./src
# Node does not strip types in node_modules, so the image runs compiled JavaScript.
RUN npm run build && npm prune --omit=dev --ignore-scripts && mkdir /data

FROM node:24.21.0-slim
WORKDIR /app
# Left to itself, glibc keeps a pool of memory for each thread, up to eight for each processor, and what was freed in one
# is used by none of the others.
ENV NODE_ENV=production \
    NODE_OPTIONS=--disable-warning=ExperimentalWarning \
    HOST=0.0.0.0 \
    PORT=3000 \
    COUNTERSIGN_OPS_PORT=9090 \
    COUNTERSIGN_DATA=/data \
    MALLOC_ARENA_MAX=2
# At its start, the app compares what it was granted with this manifest.
COPY --from=build /build/package.json /build/app.yml ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
# An unprivileged user without a name. A new volume inherits the folder's owner.
COPY --from=build --chown=65532:65532 /data /data
VOLUME /data
USER 65532:65532
# The webhooks alone: metrics and readiness are at 9090, which no `docker run --publish-all` publishes.
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node"]
# Left to itself, Node keeps room for 100 MB of young garbage, and lets old garbage grow to several times what is in use.
CMD ["--max-semi-space-size=8", "--heap-growing-percent=30", "dist/app/main.js"]
