import { campus, club, crest } from '../art/campus.ts'
import { portrait } from '../art/portrait.ts'
import type { Site } from '../site.ts'

const css = `
body{background:#FBF8F2;color:#2A1D20}
.top{display:flex;justify-content:space-between;padding:10px 64px;font-size:13px;color:#7A666A;border-bottom:1px solid #E7DDD0}
.top span+span{font-weight:600;color:#6B1B2C}
header{display:grid;grid-template-columns:1fr auto 1fr;align-items:center;padding:18px 64px}
header nav{display:flex;gap:30px;font-weight:500}header nav:last-child{justify-content:flex-end}
.mark{text-align:center;font-weight:300;font-size:26px;letter-spacing:.16em;text-transform:uppercase;display:flex;gap:16px;align-items:center;color:#6B1B2C}.mark svg{width:40px}.mark b{font-weight:600}
.hero{display:grid;grid-template-columns:1fr 384px;height:560px}
.board{background:#6B1B2C;color:#F8EEDD;padding:34px 40px}.board h3{font-weight:600;font-size:17px;padding-bottom:14px;color:#E9C46F}
.board li{display:grid;grid-template-columns:64px 1fr;padding:17px 0;border-top:1px solid #8A4351;line-height:1.35;font-size:15.5px}.board li b{font-weight:300;font-size:34px;line-height:1;letter-spacing:-.03em}.board li i{font-style:normal;display:block;font-size:12.5px;color:#DDB9A9}.board li em{font-style:normal;display:block;color:#DDB9A9;font-size:13.5px;margin-top:4px}
.title{display:grid;grid-template-columns:1fr 384px;padding:40px 0 0 64px;align-items:end}
h1{font-size:64px;font-weight:300;line-height:1.06;letter-spacing:-.04em;color:#4A111D}h1 b{font-weight:700}
.title p{padding:0 40px;font-size:16.5px;line-height:1.6;color:#5E4A4D}
h2{font-size:38px;font-weight:300;letter-spacing:-.03em;line-height:1.15;color:#4A111D}h2 strong{font-weight:700}
.nums{display:grid;grid-template-columns:repeat(4,1fr);margin:64px 64px 0;border-top:2px solid #E0B44A}.nums li{padding:22px 24px 0 0;color:#6E5A5C}.nums b{display:block;font-size:54px;font-weight:200;letter-spacing:-.05em;line-height:1.1;color:#6B1B2C}
.majors{display:grid;grid-template-columns:320px repeat(3,1fr);padding:96px 64px 0;gap:0}.majors li,.majors>div{padding:0 28px}.majors>div{padding-left:0}.majors li{border-left:1px solid #DFD2C2}.majors b{font-size:22px;font-weight:600;display:block;margin-bottom:10px}.majors p{color:#5E4A4D;line-height:1.6}.majors span{display:block;margin-top:14px;font-size:14px;font-weight:600;color:#A9761A}
.clubs{padding:96px 64px 0}.clubs ul{display:grid;grid-template-columns:repeat(4,1fr);gap:20px;margin-top:30px}.clubs .pic{height:212px}.clubs b{display:block;font-weight:600;font-size:17px;margin-top:12px}.clubs span{color:#6E5A5C;font-size:14px}
.alumni{background:#F1E7D7;margin-top:96px;padding:80px 64px;display:grid;grid-template-columns:1fr 1.5fr;gap:72px}.alumni li{display:grid;grid-template-columns:230px 1fr 40px;align-items:center;gap:16px;padding:9px 0;font-weight:500}.alumni li i{height:14px;background:#6B1B2C;display:block}.alumni li:nth-child(n+4) i{background:#C08A2E}.alumni p{margin-top:14px;line-height:1.6;color:#5E4A4D}
.staff{padding:88px 64px;display:grid;grid-template-columns:repeat(5,1fr);gap:20px}.staff h2{grid-column:1/-1;margin-bottom:10px}.staff .pic{height:236px}.staff b{display:block;margin-top:12px;font-weight:600;line-height:1.3}.staff span{font-size:13.5px;color:#6E5A5C}
footer{background:#4A111D;color:#E7CFC4;padding:56px 64px;display:grid;grid-template-columns:60px 1.6fr 1fr 1fr;gap:40px;font-size:14.5px;line-height:1.8}footer b{color:#E9C46F;display:block;font-weight:600}footer svg{width:52px}
@media(max-width:600px){.top,header nav{display:none}header{display:flex;justify-content:space-between;padding:14px 20px}header::after{content:'';width:22px;height:14px;border-top:2px solid #6B1B2C;border-bottom:2px solid #6B1B2C}.mark{font-size:17px;gap:10px}.mark svg{width:28px}.hero{display:block;height:auto}.hero>.pic{height:270px}.title{display:block;padding:22px 20px 0}h1{font-size:39px}.title p{padding:12px 0 0;font-size:15px}.board{padding:22px 20px}body{display:flex;flex-direction:column}body>*{order:5}header{order:0}.hero{display:contents}.hero>.pic{order:1}.title{order:2}.board{order:3;margin-top:24px}.nums,.clubs ul,.staff{grid-template-columns:1fr 1fr;padding:20px}.nums{margin:20px 0 0}.clubs{padding:20px 0}.majors,.alumni,footer{display:block;padding:20px}.majors li,.majors>div{padding:12px 0;border:0}.alumni li{grid-template-columns:1fr 40px}.alumni li i{display:none}}
`

const notice = (day: string, month: string, text: string, note: string): string =>
  `<li><b>${day}<i>${month}</i></b><span>${text}<em>${note}</em></span></li>`

const destination = (name: string, count: number): string =>
  `<li>${name}<i style="width:${(count / 62) * 100}%"></i>${count}</li>`

const teacher = (look: Parameters<typeof portrait>[0], name: string, subject: string): string =>
  `<li style="list-style:none"><div class="pic">${portrait(look)}</div><b>${name}</b><span>${subject}</span></li>`

const body = `
<div class="top"><span>Terakreditasi A (97), NPSN 20403172</span><span>PPDB 2026/2027 dibuka 2 Maret</span></div>
<header><nav><a>Profil</a><a>Akademik</a><a>Kesiswaan</a></nav><div class="mark">${crest('#6B1B2C', '#E0B44A')}<span><b>Cendekia</b></span></div><nav><a>Prestasi</a><a>Berita</a><a>Kontak</a></nav></header>
<section class="hero"><div class="pic">${campus()}</div><div class="board"><h3>Pengumuman</h3><ul>
${notice('14', 'Feb', 'Gladi bersih Asesmen Sumatif kelas XII', 'Aula, 07.00')}
${notice('21', 'Feb', 'Pentas karawitan bersama ISI Yogyakarta', 'Pendopo, terbuka untuk umum')}
${notice('28', 'Feb', 'Pertemuan orang tua kelas XI', 'Ruang 2.04')}
${notice('02', 'Mar', 'Pendaftaran siswa baru jalur prestasi', 'Daring, sampai 20 Maret')}
${notice('09', 'Mar', 'Olimpiade Sains tingkat kota', '18 siswa diutus')}
</ul></div></section>
<section class="title"><h1>Berpikir jernih,<br><b>bertindak untuk sesama.</b></h1><p>SMA Cendekia Yogyakarta mendidik 864 siswa dengan kelas kecil, laboratorium terbuka, dan budi pekerti Jawa.</p></section>
<ul class="nums"><li><b>1957</b>tahun berdiri</li><li><b>24</b>siswa per kelas</li><li><b>96%</b>diterima di PTN pilihan pertama</li><li><b>41</b>medali nasional sejak 2020</li></ul>
<section class="majors"><div><h2>Kurikulum yang <strong>memberi pilihan</strong></h2></div><ul style="display:contents"><li><b>Sains dan Teknologi</b><p>Fisika, kimia, biologi, dan informatika dengan riset mandiri dua semester.</p><span>8 kelas</span></li><li><b>Sosial dan Ekonomi</b><p>Ekonomi, geografi, sosiologi, serta praktik koperasi siswa yang sungguh berjalan.</p><span>6 kelas</span></li><li><b>Bahasa dan Budaya</b><p>Sastra, Jepang, Prancis, aksara Jawa, dan kelas penulisan bersama sastrawan.</p><span>4 kelas</span></li></ul></section>
<section class="clubs"><h2>Sore hari <strong>milik siswa</strong></h2><ul><li><div class="pic">${club('astronomi')}</div><b>Astronomi</b><span>Selasa, atap gedung C</span></li><li><div class="pic">${club('gamelan')}</div><b>Karawitan</b><span>Rabu, pendopo</span></li><li><div class="pic">${club('robotika')}</div><b>Robotika</b><span>Kamis, bengkel</span></li><li><div class="pic">${club('debat')}</div><b>Debat dua bahasa</b><span>Jumat, perpustakaan</span></li></ul></section>
<section class="alumni"><div><h2>Ke mana lulusan <strong>2025 melangkah</strong></h2><p>284 lulusan, 271 melanjutkan kuliah, 9 di antaranya di luar negeri dengan beasiswa penuh.</p></div><ul>${destination('Universitas Gadjah Mada', 62)}${destination('Institut Teknologi Bandung', 38)}${destination('Universitas Indonesia', 35)}${destination('Institut Teknologi Sepuluh Nopember', 24)}${destination('Universitas Airlangga', 19)}${destination('ISI Yogyakarta', 12)}</ul></section>
<section class="staff"><h2>Guru <strong>dan pembimbing</strong></h2>
${teacher({ hair: 'peci', background: '#E8D9C3', shirt: '#6B1B2C', skin: 2, glasses: true }, 'Drs. Suryo Prabowo, M.Pd.', 'Kepala sekolah')}
${teacher({ hair: 'hijab', background: '#E3CDB2', shirt: '#8A5A2B', accent: '#B98A4A', skin: 0 }, 'Dra. Endang Lestari', 'Kimia')}
${teacher({ hair: 'side', background: '#DCCFC6', shirt: '#3B4653', skin: 1 }, 'Rangga Mahardika, M.Sc.', 'Fisika, riset')}
${teacher({ hair: 'bun', background: '#EADFCB', shirt: '#8C3A4C', skin: 3 }, 'Clara Natalia, S.S.', 'Bahasa Prancis')}
${teacher({ hair: 'grey', background: '#D9C6B4', shirt: '#4F5D48', skin: 2, beard: true }, 'Ki Sutrisno', 'Karawitan')}
</section>
<footer>${crest('#6B1B2C', '#E0B44A')}<div><b>SMA Cendekia Yogyakarta</b>Jl. Cik Di Tiro 33, Gondokusuman<br>Yogyakarta 55223</div><div><b>Hubungi</b>(0274) 512 338<br>tu@smacendekia.sch.id</div><div><b>Layanan</b>E-rapor<br>Perpustakaan<br>Legalisasi ijazah</div></footer>`

export const cendekia: Site = {
  slug: 'cendekia',
  plan: 'sekolah',
  name: 'Cendekia',
  describes: {
    id: 'Berwibawa dan rapi untuk SMP, SMA, dan SMK: pengumuman, kurikulum, prestasi, dan jejak alumni.',
    en: 'Dignified and orderly, for secondary schools: announcements, curriculum, achievements and where alumni go.',
  },
  palette: ['#6B1B2C', '#FBF8F2', '#E0B44A', '#F1E7D7'],
  css,
  body,
}
