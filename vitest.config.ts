import { defineConfig } from 'vitest/config'

if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `The tests need Node 24, this is ${process.version}. Run "npm test -- <path>", or PATH="$PWD/node_modules/.bin:$PATH" vitest run <path>.`,
  )
}

export default defineConfig({
  test: {
    globalSetup: ['test/support/postgres.ts'],
    include: [
      'src/**/*.test.{ts,tsx}',
      'client/**/*.test.ts',
      'test/**/*.test.ts',
      'bench/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', 'build/**', 'data/**'],
    pool: 'forks',
    // Two cores, and PostgreSQL works on them too.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
  },
})
