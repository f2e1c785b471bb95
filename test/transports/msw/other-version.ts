import { register } from 'node:module';

// `node --import build/test/transports/msw/other-version.js`: what imports `msw` gets the version that `MSW_VERSION` names.
register('./resolve-msw.js', import.meta.url, { data: process.env.MSW_VERSION });
