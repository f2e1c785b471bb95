import { defineConfig } from 'vite';

export default defineConfig({
  // Wherever the folder is served from.
  base: './',
  build: { target: 'es2022', modulePreload: { polyfill: false }, chunkSizeWarningLimit: 800 },
  // From the repository Crabapple is a link: its copy of MSW must be this one.
  resolve: { dedupe: ['msw'] },
});
