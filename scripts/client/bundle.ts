// The client as JavaScript, without anything it would need at run time: for the package, and as files for other sites' pages.
import { fileURLToPath } from 'node:url'
import { build, type Plugin, type Rolldown } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The hooks share the client of the page, whoever made it. */
const fromIndex: Plugin = {
  name: 'client-from-index',
  enforce: 'pre',
  resolveId: (source) => (source === './client.ts' ? { id: './index.js', external: true } : null),
}

interface Output {
  entry: 'client.ts' | 'react.ts'
  format: 'iife' | 'es'
}
export const outputs = {
  /** `import { createClient } from '@jasaweb/client'` */
  index: { entry: 'client.ts', format: 'es' },
  /** `import { useWebSocket } from '@jasaweb/client/react'` */
  react: { entry: 'react.ts', format: 'es' },
  /** `<script>`: defines `jasaweb`. */
  script: { entry: 'client.ts', format: 'iife' },
} as const satisfies Record<string, Output>

/** The text of one output, minified. */
export async function bundle({ entry, format }: Output): Promise<string> {
  const result = await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    plugins: entry === 'react.ts' ? [fromIndex] : [],
    build: {
      write: false,
      lib: { name: 'jasaweb', entry: `${root}client/${entry}`, formats: [format], fileName: 'bundle' },
      rolldownOptions: { external: ['react'], output: { minify: true } },
    },
  })
  const [{ output }] = [result].flat() as [Rolldown.RolldownOutput]
  return output[0].code
}
