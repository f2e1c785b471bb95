import { defineConfig } from 'vite';

export default defineConfig({
  // The page may be served below any path.
  base: './',
  build: { target: 'es2022', modulePreload: { polyfill: false }, chunkSizeWarningLimit: 800 },
  // In the repository Crabapple is a symbolic link: it must use the same copy of MSW.
  resolve: { dedupe: ['msw'] },
});
