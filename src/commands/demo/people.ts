// The clients of the demo: invented people and organisations, at addresses that no mail can ever reach (RFC 2606) and with
// telephone numbers that are not given out.
import type { Locale } from '../../platform/contract/shapes.ts'

export type Kind = 'company' | 'sekolah' | 'berita'
export interface Client {
  name: string
  organisation: string
  city: string
  kind: Kind
  locale: Locale
  email: string
  phone: string
}

const companies = `Siti Rahmawati|Kopi Lereng Sindoro|Temanggung
Budi Santoso|CV Karya Mandala Konstruksi|Surakarta
Ayu Lestari|Batik Sekar Kenanga|Pekalongan
Hendra Wijaya|Bengkel Roda Prima|Bandung
Made Suryani|Vila Padi Ijo|Ubud
Rizky Pratama|Studio Arsitek Ruang Teduh|Yogyakarta
Dewi Kartika|Klinik Gigi Senyum Melati|Semarang
Agus Setiawan|PT Sinar Logistik Bahari|Surabaya
Fitri Handayani|Katering Dapur Bu Fit|Bekasi
Yohanes Nugroho|Nugroho & Rekan, Konsultan Pajak|Jakarta
Lina Marlina|Toko Tanaman Hijau Daun|Bogor
Bambang Hermawan|Mebel Jati Kartika|Jepara
Nurul Aini|Salon Ratna Ayu|Malang
Eko Prasetyo|Percetakan Lintang Grafika|Kudus
Ratna Sari|Wedding Organizer Janur Kuning|Denpasar
Taufik Hidayat|Travel Umrah Cahaya Safar|Makassar`
const schools = `Sri Wahyuni|SD Harapan Pelita|Sleman
Muhammad Fadli|SMP Islam Nurul Ilmi|Cirebon
Theresia Widyastuti|SMA Santa Klara|Semarang
Joko Susilo|SMK Teknologi Wirabuana|Magelang
Aisyah Putri|TK Bintang Kejora|Depok
Ahmad Fauzi|Pesantren Darul Hikmah|Jombang
Maria Goreti|SD Kasih Bangsa|Kupang
Wayan Sudarma|SMK Pariwisata Saraswati|Gianyar
Rina Oktaviani|MTs Al-Ikhlas|Garut
Slamet Riyadi|SMA Tunas Cendekia|Purwokerto
Dian Permatasari|PAUD Ceria Bunda|Tangerang`
const newsrooms = `Irfan Hakim|Kabar Pesisir|Tegal
Putri Maharani|Warta Borneo Kini|Balikpapan
Yusuf Ramadhan|Suara Lombok|Mataram
Grace Simanjuntak|Toba Pos|Balige
Arif Budiman|Jurnal Parahyangan|Bandung
Wulan Sari|Radar Kampung|Klaten`
const english = `James Whitfield|Bluewater Dive Lodge|Labuan Bajo|company
Anna Lindqvist|Nordic Timber Indonesia|Semarang|company
Kavita Menon|Saffron Table Restaurant|Jakarta|company
Daniel Okafor|Meridian Freight Forwarding|Batam|company
Claire Dubois|Little Explorers Preschool|Canggu|sekolah
Michael Tan|Greenfield International School|Surabaya|sekolah
Sarah Mitchell|Island Dispatch|Denpasar|berita`

const rows = (text: string, locale: Locale, kind?: Kind) =>
  text.split('\n').map((row) => {
    const [name = '', organisation = '', city = '', own] = row.split('|')
    return { name, organisation, city, locale, kind: kind ?? (own as Kind) }
  })

export const clients: Client[] = [
  ...rows(companies, 'id', 'company'),
  ...rows(schools, 'id', 'sekolah'),
  ...rows(newsrooms, 'id', 'berita'),
  ...rows(english, 'en'),
].map((row, number) => ({
  ...row,
  email: `${slug(row.name.split(' ')[0] ?? '')}@${slug(row.organisation)}.example`,
  phone: `+62 812-0000-${String(1010 + number * 37)}`,
}))

function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
}
