# Three stages: what is packed here is what would be published, and the last one has neither npm packages nor build tools of ours.
FROM node:24-slim AS build
WORKDIR /source
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm pack --ignore-scripts

FROM node:24-slim AS unpack
WORKDIR /unpacked
COPY --from=build /source/crabapple-*.tgz ./
# The command is one bundle. It also needs the scenarios and package.json, which contains the version.
RUN tar -xzf crabapple-*.tgz \
  && mkdir crabapple crabapple/dist crabapple/bin \
  && cp -R package/dist/bin package/dist/default-scenario.json crabapple/dist/ \
  && cp -R package/scenarios package/package.json package/LICENSE crabapple/ \
  && ln -s ../dist/bin/crabapple.js crabapple/bin/crabapple

FROM node:24-slim
LABEL org.opencontainers.image.title="Crabapple" \
  org.opencontainers.image.description="Apple's device-management services, simulated and checked" \
  org.opencontainers.image.licenses="MIT"
COPY --from=unpack /unpacked/crabapple /crabapple
# Listens on all addresses of its container; the published ports decide what is reachable from outside.
ENV PATH=/crabapple/bin:$PATH \
  NODE_ENV=production \
  CRABAPPLE_HOST=0.0.0.0
# The user `node` of the image, by number: Kubernetes checks `runAsNonRoot` by number.
USER 1000:1000
WORKDIR /home/node
EXPOSE 8990 2197
STOPSIGNAL SIGTERM
# Checks the default port. Set CRABAPPLE_URL if you set CRABAPPLE_PORT.
HEALTHCHECK --interval=10s --timeout=6s --start-period=10s CMD ["crabapple", "readyz"]
ENTRYPOINT ["crabapple"]
CMD ["serve"]
