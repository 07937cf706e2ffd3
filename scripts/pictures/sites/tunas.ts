import { child, drawing, schoolGarden, type Child } from '../art/garden.ts'
import { circle, path, svg } from '../art/draw.ts'
import { portrait } from '../art/portrait.ts'
import type { Site } from '../site.ts'

const css = `
body{background:#FFF9EA;color:#27402F}
.hero{height:700px;position:relative}.hero>svg.art{position:absolute;inset:0}
header{position:relative;display:flex;align-items:center;margin:0 56px;top:24px;background:#fff;border-radius:40px;padding:12px 14px 12px 24px;gap:30px;font-weight:600}
.mark{display:flex;gap:10px;align-items:center;font-weight:800;font-size:22px;letter-spacing:-.02em;color:#2F7D46}.mark svg{width:30px;height:34px}
header nav{display:flex;gap:28px;margin-left:auto}.btn{background:#E8603C;color:#fff;border-radius:28px;padding:12px 22px;font-weight:700}
h1{position:relative;text-align:center;font-size:66px;line-height:1.02;font-weight:800;letter-spacing:-.035em;color:#1F5236;padding-top:50px}
.hero p{position:relative;text-align:center;font-size:18.5px;font-weight:500;margin-top:16px;color:#2F5A45}
h2{font-size:42px;font-weight:800;letter-spacing:-.03em;line-height:1.1;color:#1F5236}
.levels{display:grid;grid-template-columns:repeat(3,1fr);gap:24px;padding:44px 56px 0}
.levels li{border-radius:36px;padding:28px 150px 28px 28px;position:relative;min-height:196px;overflow:hidden}.levels li svg{position:absolute;right:6px;bottom:-8px;width:140px;height:190px}
.levels b{font-size:25px;font-weight:800;letter-spacing:-.02em;display:block;margin-bottom:6px}.levels span{font-weight:600;font-size:14px;display:block;margin-top:12px}
.day{padding:92px 56px 20px;text-align:center}.day .walk{height:330px;margin-top:20px}
.art-wall{background:#F2B134;margin:56px 0 0;padding:72px 56px 84px;border-radius:56px 56px 0 0}.art-wall h2{color:#4B3304}.art-wall p{font-size:17px;margin-top:8px;color:#5C430F;font-weight:500}
.art-wall ul{display:grid;grid-template-columns:repeat(4,1fr);gap:30px;margin-top:40px}.art-wall li{background:#fff;padding:12px 12px 14px;font-weight:600;text-align:center}.art-wall li:nth-child(odd){transform:rotate(-2deg)}.art-wall li:nth-child(even){transform:rotate(1.6deg) translateY(10px)}.art-wall .pic{height:214px;margin-bottom:10px}
.teach{background:#fff;padding:84px 56px;display:grid;grid-template-columns:1fr 2.2fr;gap:48px;align-items:center}.teach p{font-size:17px;margin-top:14px;line-height:1.6}.teach ul{display:grid;grid-template-columns:repeat(4,1fr);gap:18px;text-align:center}.teach .pic{border-radius:100px;overflow:hidden;height:210px;margin-bottom:12px}.teach b{display:block;font-weight:700;line-height:1.3}.teach span{font-size:14px}
.join{background:#2F7D46;color:#fff;padding:72px 56px;display:grid;grid-template-columns:1.1fr 1fr;gap:56px;align-items:center}.join h2{color:#fff}.join p{font-size:18px;margin:14px 0 26px;color:#D6EBD5}.join ol{display:grid;gap:12px}.join li{background:#26693A;border-radius:20px;padding:18px 24px;display:flex;justify-content:space-between;font-weight:600}.join li i{font-style:normal;color:#FFD45C}
footer{background:#1F5236;color:#CFE4D2;padding:40px 56px;display:flex;justify-content:space-between;font-size:14.5px}
@media(max-width:600px){header{margin:0 14px;top:14px;padding:8px 8px 8px 16px;justify-content:space-between}header nav{display:none}header .btn{padding:9px 16px;font-size:14px}.hero{height:600px;background:#BFE6F2}.hero>svg.art{top:auto;height:430px}h1{font-size:35px;padding:40px 12px 0}.hero p{font-size:15.5px;padding:0 30px}.levels,.art-wall ul,.teach,.join,.teach ul{grid-template-columns:1fr}.levels{padding:24px 20px;gap:14px}.day .walk{height:120px}footer{display:block}.teach,.join,.art-wall,.day{padding:40px 20px}}
`

const logo = `<svg viewBox="0 0 30 34">${path('M15 34 V14', 'none', 'stroke="#2F7D46" stroke-width="4" stroke-linecap="round"')}${path('M15 20 C2 20 0 10 1 3 C11 3 16 9 15 20Z', '#57A863')}${path('M15 16 C15 6 21 1 29 1 C29 10 25 16 15 16Z', '#F2B134')}</svg>`

const level = (color: string, title: string, text: string, age: string, look: Child): string =>
  `<li style="background:${color}"><b>${title}</b>${text}<span>${age}</span>${svg(140, 190, circle(76, 176, 62, 'rgba(255,255,255,.45)') + child(74, 184, 1.42, look), 'xMidYMax meet')}</li>`

const hours: readonly (readonly [string, string, string])[] = [
  ['07.15', 'Salam pagi', '#E8603C'],
  ['08.00', 'Berkebun', '#57A863'],
  ['09.30', 'Bekal bersama', '#F2B134'],
  ['10.00', 'Membaca', '#2F6FA3'],
  ['11.15', 'Gamelan kecil', '#B57BE0'],
  ['12.30', 'Pulang', '#F2689A'],
]

const walk = svg(
  1168,
  330,
  path(
    'M40 250 C160 60 280 60 380 190 S600 320 720 160 S960 40 1128 200',
    'none',
    'stroke="#F3DDA6" stroke-width="34" stroke-linecap="round"',
  ) +
    path(
      'M40 250 C160 60 280 60 380 190 S600 320 720 160 S960 40 1128 200',
      'none',
      'stroke="#fff" stroke-width="3" stroke-dasharray="12 14"',
    ) +
    hours
      .map(([time, name, color], i) => {
        const [x, y] = (
          [
            [60, 222],
            [232, 106],
            [430, 232],
            [672, 214],
            [846, 96],
            [1092, 172],
          ] as const
        )[i]!
        return (
          circle(x, y, 42, color) +
          `<text x="${x}" y="${y + 6}" text-anchor="middle" font-family="Sans" font-weight="800" font-size="18" fill="#fff">${time}</text><text x="${x}" y="${y + 68}" text-anchor="middle" font-family="Sans" font-weight="700" font-size="18" fill="#1F5236">${name}</text>`
        )
      })
      .join(''),
  'xMidYMid meet',
)

const picture = (subject: Parameters<typeof drawing>[0], by: string): string =>
  `<li><div class="pic">${drawing(subject)}</div>${by}</li>`

const teacher = (look: Parameters<typeof portrait>[0], name: string, role: string): string =>
  `<li><div class="pic">${portrait(look)}</div><b>${name}</b><span>${role}</span></li>`

const body = `
<section class="hero">${schoolGarden()}<header><div class="mark">${logo}Tunas</div><nav><a>Jenjang</a><a>Sehari-hari</a><a>Guru</a><a>Galeri</a><a>Kabar</a></nav><a class="btn">Daftar 2026/2027</a></header>
<h1>Tumbuh <span style="white-space:nowrap">pelan-pelan</span>,<br>berakar kuat.</h1><p>Sekolah kebun di kaki Merapi, Yogyakarta.</p></section>
<ul class="levels">
${level('#FFD9C9', 'Kelompok Bermain', 'Mengenal teman, tanah, dan lagu.', '3–4 tahun, 12 anak', { skin: '#D39A6E', hair: 'tails', top: '#F2689A', bottom: '#E8603C', arms: 'up' })}
${level('#CDE9D0', 'Taman Kanak-kanak', 'Bercerita, berhitung, merawat kelinci.', '4–6 tahun, 18 anak', { skin: '#B97E54', hair: 'hijab', top: '#fff', bottom: '#2F7D46', arms: 'out' })}
${level('#CBE4F3', 'Sekolah Dasar', 'Proyek nyata setiap enam pekan.', '6–12 tahun, 22 anak', { skin: '#E0A97C', hair: 'short', top: '#fff', bottom: '#D9342B', arms: 'down' })}
</ul>
<section class="day"><h2>Satu hari di Tunas</h2><div class="walk">${walk}</div></section>
<section class="art-wall"><h2>Dinding karya bulan ini</h2><p>Digambar dengan krayon, dipilih oleh anak-anak sendiri.</p><ul>${picture('gunung', 'Bagas, TK B')}${picture('ikan', 'Kirana, SD 1')}${picture('rumah', 'Damar, TK A')}${picture('kupu', 'Ayu, SD 2')}</ul></section>
<section class="teach"><div><h2>Guru yang hafal nama boneka.</h2><p>Satu guru untuk sebelas anak. Semua memegang sertifikat pertolongan pertama.</p></div><ul>
${teacher({ hair: 'hijab', background: '#FFD9C9', shirt: '#E8603C', accent: '#F2B134', skin: 1 }, 'Bu Retno Wulandari', 'Kepala sekolah')}
${teacher({ hair: 'short', background: '#CDE9D0', shirt: '#2F7D46', skin: 2, glasses: true }, 'Pak Joko Susilo', 'Guru kebun')}
${teacher({ hair: 'long', background: '#CBE4F3', shirt: '#2F6FA3', skin: 0 }, 'Bu Maria Goreti', 'Wali kelas TK B')}
${teacher({ hair: 'bun', background: '#EADCF7', shirt: '#B57BE0', skin: 3 }, 'Bu Sekar Arum', 'Musik dan tari')}
</ul></section>
<section class="join"><div><h2>Datang dan bermain dulu sehari.</h2><p>Kunjungan keluarga setiap Jumat pertama, tanpa biaya, dengan bekal dari dapur sekolah.</p><a class="btn">Pilih tanggal kunjungan</a></div><ol><li>Kunjungan keluarga<i>6 Februari</i></li><li>Pendaftaran dibuka<i>16 Februari</i></li><li>Bincang orang tua dan guru<i>7 Maret</i></li><li>Hari pertama<i>13 Juli</i></li></ol></section>
<footer><span>Jl. Kaliurang Km 14, Sleman, Yogyakarta 55584</span><span>(0274) 896 210</span><span>salam@tunasharapan.sch.id</span></footer>`

export const tunas: Site = {
  slug: 'tunas',
  plan: 'sekolah',
  name: 'Tunas',
  describes: {
    id: 'Hangat dan ceria untuk PAUD, TK, dan SD: jenjang, kegiatan harian, karya anak, dan pendaftaran.',
    en: 'Warm and cheerful, for kindergartens and elementary schools: levels, the school day, children’s work and admissions.',
  },
  palette: ['#57A863', '#FFF9EA', '#E8603C', '#F2B134'],
  css,
  body,
}
