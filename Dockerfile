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
# The command is one bundle: of the package it needs itself, the scenarios, and the file that tells the version.
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
# Within its container it may listen everywhere; which of that is reached from outside, `ports` says.
ENV PATH=/crabapple/bin:$PATH \
  NODE_ENV=production \
  CRABAPPLE_HOST=0.0.0.0
# The user `node` of the image, by number: so that a host can tell that it is not root.
USER 1000:1000
WORKDIR /home/node
EXPOSE 8990 2197
STOPSIGNAL SIGTERM
# Asks the default port; set CRABAPPLE_URL where CRABAPPLE_PORT is another one.
HEALTHCHECK --interval=10s --timeout=6s --start-period=10s CMD ["crabapple", "readyz"]
ENTRYPOINT ["crabapple"]
CMD ["serve"]
