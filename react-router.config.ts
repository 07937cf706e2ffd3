import type { Config } from '@react-router/dev/config'

export default {
  appDirectory: 'src/web',
  buildDirectory: 'build',
  // Portal and console know their routes from the first page on; a lazy manifest would be one more endpoint to guard.
  routeDiscovery: { mode: 'initial' },
} satisfies Config
