// Builds the browser code and the server bundle of the pages; everything else runs unbuilt.
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import { reactRouter } from '@react-router/dev/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { messageOptions } from './src/web/i18n/compile.ts'

export default defineConfig(({ command }) => ({
  // A build finds the messages compiled (scripts/build.js); while developing they are compiled on every change.
  plugins: [command === 'serve' && paraglideVitePlugin(messageOptions), tailwindcss(), reactRouter()],
  // The HTTP door serves `public/` itself, next to the built files.
  publicDir: false,
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 400, reportCompressedSize: false },
  clearScreen: false,
}))
