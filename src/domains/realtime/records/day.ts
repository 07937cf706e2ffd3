// Days of records, in UTC. Pure.
import { timeOf } from '../../../platform/ids.ts'

export const dayOf = (time: Date): string => time.toISOString().slice(0, 10)

/** The day whose table holds a connection: the one its id was made on. */
export const dayOfId = (id: string): string => dayOf(timeOf(id))

export function daysBefore(time: Date, days: number): string {
  return dayOf(new Date(time.getTime() - days * 86_400_000))
}
