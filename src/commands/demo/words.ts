// What clients and the agency write in the demo, in the language of the client.
import type { Locale } from '../../platform/contract/shapes.ts'
import type { Client, Kind } from './people.ts'
import type { Chance } from './random.ts'

type Texts = Record<Locale, readonly string[]>

export const submitted: Texts = {
  id: [
    'Semua halaman sudah terisi. Mohon diperiksa di ponsel dan laptop, terutama halaman kontak.',
    'Versi pertama sudah siap. Foto masih memakai contoh, silakan kirim foto asli kapan saja.',
    'Situs sudah bisa dibuka di alamat pratinjau. Formulir kontak sudah kami uji.',
    'Menu, warna, dan huruf sudah mengikuti logo. Silakan diperiksa bersama tim.',
  ],
  en: [
    'All pages are filled in. Please check them on a phone and a laptop, the contact page above all.',
    'The first version is ready. The photos are placeholders; send us yours whenever you like.',
    'The site is open at the preview address. We have tested the contact form.',
  ],
}
export const resubmitted: Texts = {
  id: [
    'Perubahan terakhir sudah masuk. Mohon diperiksa sekali lagi.',
    'Semua catatan sudah kami kerjakan, termasuk tampilan di ponsel.',
    'Sudah diperbaiki. Foto dan teks yang baru juga sudah terpasang.',
  ],
  en: [
    'The last changes are in. Please have another look.',
    'All your notes are done, the phone layout included.',
    'Fixed. The new photos and texts are in place too.',
  ],
}
export const revisions: Texts = {
  id: [
    'Warna tombolnya tolong disamakan dengan logo, dan nomor WhatsApp dipindah ke atas.',
    'Foto di beranda diganti dengan yang saya kirim lewat email. Teks visi misi masih versi lama.',
    'Tolong tambahkan halaman galeri dan perbaiki ejaan nama kepala sekolah.',
    'Di ponsel, menunya menutupi judul. Jam buka hari Sabtu juga belum benar.',
    'Bagian layanan tolong dibuat lebih singkat, tiga poin saja sudah cukup.',
    'Peta lokasinya masih menunjuk ke alamat lama kami.',
  ],
  en: [
    'Please match the buttons to our logo and move the WhatsApp number to the top.',
    'The photo on the home page should be the one I mailed. The mission text is still the old one.',
    'On my phone the menu covers the headline. The Saturday opening hours are wrong too.',
    'Could you shorten the services to three points?',
  ],
}
export const cancellations: Texts = {
  id: [
    'Anggaran tahun ini belum disetujui yayasan.',
    'Kami menunda dulu sampai logo baru selesai.',
    'Ternyata kantor pusat sudah memesan situs untuk semua cabang.',
  ],
  en: ['The budget was not approved this year.', 'We are waiting for our new brand first.'],
}
export const agencyCancellations: Texts = {
  id: ['Usaha klien tutup; disepakati lewat telepon, dana dikembalikan penuh.'],
  en: ['The client closed the business; agreed by phone, refunded in full.'],
}
export const startsByHand: Texts = {
  id: ['Surat perintah kerja dari yayasan sudah diterima; pembayaran menyusul setelah pencairan dana BOS.'],
  en: ['Purchase order received; payment follows at the end of the month.'],
}
export const partialRefunds: Texts = {
  id: ['Satu halaman tidak jadi dibuat, disepakati potongan.', 'Kompensasi keterlambatan serah terima.'],
  en: ['One page was dropped; a discount was agreed.', 'Compensation for the late hand-over.'],
}
export const fullRefunds: Texts = {
  id: ['Proyek dibatalkan atas kesepakatan bersama.'],
  en: ['Cancelled by mutual agreement.'],
}
export const secondPaymentRefund: Texts = {
  id: ['Klien membayar dua kali; pembayaran kedua dikembalikan.'],
  en: ['The client paid twice; the second payment goes back.'],
}
export const settledFlags: Texts = {
  id: ['Sudah dicek dengan klien lewat telepon, dana memang masuk.', 'Sudah dikonfirmasi dan dibereskan.'],
  en: ['Checked with the client by phone; the money is right.', 'Confirmed and settled.'],
}

/** The name of a client's project; later ones are for a part of the organisation. */
export function projectName({ organisation, kind, locale }: Client, number: number): string {
  if (number === 0) return organisation
  const parts: Record<Kind, Texts> = {
    company: { id: ['Katalog', 'Karier', 'Promo Lebaran'], en: ['Catalogue', 'Careers', 'Events'] },
    sekolah: { id: ['PPDB', 'Alumni', 'Perpustakaan'], en: ['Admissions', 'Alumni', 'Library'] },
    berita: { id: ['Olahraga', 'Wisata', 'Ekonomi'], en: ['Sports', 'Travel', 'Business'] },
  }
  const part = parts[kind][locale][(number - 1) % 3] ?? ''
  return locale === 'id' ? `${part} ${organisation}` : `${organisation} ${part}`
}

export function briefOf({ organisation, city, kind, locale }: Client, chance: Chance) {
  const [id, en] = texts[kind](organisation, city, chance)
  return locale === 'id' ? id : en
}

const texts = {
  company: (name: string, city: string, chance: Chance) => [
    {
      kind: 'company' as const,
      about: `${name} berdiri di ${city} sejak ${chance.whole(1994, 2021)} dan melayani pelanggan di kota ini dan sekitarnya.`,
      services: chance.pick([
        'Konsultasi, pengerjaan, dan layanan purnajual.',
        'Eceran, pesanan khusus, dan pengiriman ke luar kota.',
      ]),
      audience: chance.pick(['Keluarga muda dan pemilik usaha kecil.', 'Perusahaan dan instansi di sekitar kami.']),
      notes: chance.pick([
        'Kami suka tampilan yang lapang dan banyak foto.',
        'Mohon ada tombol WhatsApp di setiap halaman.',
      ]),
    },
    {
      kind: 'company' as const,
      about: `${name} has been in ${city} since ${chance.whole(2004, 2022)}.`,
      services: 'What we offer, with prices on request.',
      audience: chance.pick(['Visitors from abroad and expatriates.', 'Companies that ship to and from Java.']),
      notes: 'We like generous space and large photographs.',
    },
  ],
  sekolah: (name: string, city: string, chance: Chance) => [
    {
      kind: 'school' as const,
      level: chance.pick(['SD', 'SMP', 'SMA', 'SMK']),
      npsn: String(20_300_000 + chance.whole(0, 99_999)),
      programs: `Kelas reguler, tahfiz, dan ekstrakurikuler di ${name}.`,
      facilities: 'Perpustakaan, laboratorium komputer, lapangan, dan musala.',
      admission: chance.pick([
        'PPDB dibuka Januari sampai Juni, daring dan langsung.',
        'Pendaftaran gelombang pertama mulai Februari.',
      ]),
      notes: `Guru kami di ${city} akan mengisi berita sendiri.`,
    },
    {
      kind: 'school' as const,
      programs: `Early years to grade 12 at ${name}, ${city}.`,
      facilities: 'Library, science lab, swimming pool, garden.',
      admission: 'Rolling admissions with a trial day.',
    },
  ],
  berita: (name: string, city: string, chance: Chance) => [
    {
      kind: 'news' as const,
      coverage: `Berita lokal ${city} dan sekitarnya untuk pembaca ${name}.`,
      sections: chance.pick(['Kota, Desa, Ekonomi, Olahraga, Budaya', 'Utama, Politik, Wisata, Opini']),
      editors: `${chance.whole(2, 6)} penulis dan satu redaktur.`,
      schedule: 'Delapan sampai dua belas berita sehari.',
    },
    {
      kind: 'news' as const,
      coverage: `English-language news of ${city}.`,
      sections: 'News, Business, Environment, Life',
      editors: 'Three writers, one editor.',
      schedule: 'Five stories a day.',
    },
  ],
} as const
