import { index, type RouteConfigEntry } from '@react-router/dev/routes'

/** Below `/portal`; files are named from `src/web`. */
export const portalRoutes: RouteConfigEntry[] = [index('routes/portal/dashboard.tsx')]
