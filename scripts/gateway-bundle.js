#!/usr/bin/env node
// Makes one file of what a process that only holds live connections runs: loading hundreds of source files, and the compiler
// that strips their types, costs it more memory than a thousand connections (docs/decisions/0006-gateway-bundle.md).
import { join, relative } from 'node:path'
import { build } from 'vite'
import { root } from './setup/project.js'

/** What each file of the bundle was made of, for the test that keeps it small. */
const contents = {
  name: 'contents',
  generateBundle(_options, bundle) {
    const files = Object.values(bundle).filter(({ type }) => type === 'chunk')
    const told = files.map(({ fileName, isEntry, imports, moduleIds }) => ({
      fileName,
      isEntry,
      imports,
      modules: moduleIds.map((id) => relative(root, id.replace(/^\0/, '').replace(/\?.*$/, ''))),
    }))
    this.emitFile({ type: 'asset', fileName: 'contents.json', source: JSON.stringify(told) })
  },
}

await build({
  root,
  plugins: [contents],
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  // What the file is made of is part of it; the embedded PostgreSQL's packages hold programs and stay where they are.
  ssr: { noExternal: true, external: ['pg-native', 'bufferutil', 'utf-8-validate'], target: 'node' },
  build: {
    ssr: 'src/commands/realtime-entry.ts',
    outDir: join(root, 'build', 'gateway'),
    emptyOutDir: true,
    target: 'node24',
    minify: true,
    // As CommonJS: importing `node:http` as a module runs its getters, which load an HTTP client of five megabytes.
    rolldownOptions: { output: { format: 'cjs', entryFileNames: 'gateway.cjs', chunkFileNames: '[name]-[hash].cjs' } },
  },
})
