import { index, type RouteConfigEntry } from '@react-router/dev/routes'

/** Below `/console`; files are named from `src/web`. */
export const consoleRoutes: RouteConfigEntry[] = [index('routes/console/today.tsx')]
