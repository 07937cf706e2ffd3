import type { Site } from '../site.ts'
import { cendekia } from './cendekia.ts'
import { kabar } from './kabar.ts'
import { karsa } from './karsa.ts'
import { lensa } from './lensa.ts'
import { niaga } from './niaga.ts'
import { praktika } from './praktika.ts'
import { santri } from './santri.ts'
import { tunas } from './tunas.ts'
import { warta } from './warta.ts'

/** Every template, in the order of the catalogue. */
export const sites: readonly Site[] = [karsa, niaga, praktika, tunas, cendekia, santri, kabar, lensa, warta]
