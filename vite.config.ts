// Builds the browser code and the server bundle of the pages; everything else runs unbuilt.
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import { reactRouter } from '@react-router/dev/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin } from 'vite'
import { messageOptions } from './src/web/i18n/compile.ts'

/** Pages without JavaScript cannot be updated in place: `src/web/development-reload.ts` loads them again. */
const reloadPlainPages: Plugin = {
  name: 'reload-plain-pages',
  hotUpdate({ server, modules }) {
    if (this.environment.name === 'ssr' && modules.length > 0) server.environments.client.hot.send('pages:changed')
  },
}

export default defineConfig(({ command }) => ({
  // A build finds the messages compiled (scripts/build.js); while developing they are compiled on every change.
  plugins: [command === 'serve' && paraglideVitePlugin(messageOptions), tailwindcss(), reactRouter(), reloadPlainPages],
  // The HTTP door serves `public/` itself, next to the built files.
  publicDir: false,
  // Found before the first page is opened; found later, they would make the browser load it again.
  optimizeDeps: { entries: ['src/web/entry.client.tsx', 'src/web/root.tsx', 'src/web/routes/**/*.tsx'] },
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 400, reportCompressedSize: false },
  clearScreen: false,
}))
