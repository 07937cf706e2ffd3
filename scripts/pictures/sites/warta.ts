import { portrait } from '../art/portrait.ts'
import { badge, court, nightMatch, race, tactics } from '../art/sport.ts'
import type { Site } from '../site.ts'

const css = `
body{background:#F4F0E6;color:#17181C}
.x{display:inline-block;transform:scaleX(.82);transform-origin:left}
.scores{background:#17181C;color:#F4F0E6;display:grid;grid-template-columns:150px repeat(5,1fr);font-size:13px}.scores>b{background:#FF5A1F;color:#17181C;display:flex;align-items:center;padding:0 24px;font-weight:800;font-size:15px}
.scores li{padding:11px 18px;border-left:1px solid #34363F;line-height:1.55}.scores li div{display:flex;justify-content:space-between;font-weight:600;font-size:14px}.scores li span{color:#9A9DA8;font-size:12px}.scores .on{color:#FF7B45}
header{display:flex;align-items:center;padding:14px 32px 14px;gap:34px;border-bottom:4px solid #17181C}.mark{font-weight:800;font-style:italic;font-size:46px;letter-spacing:-.06em;line-height:1}.mark i{color:#FF5A1F}
header nav{display:flex;gap:28px;font-weight:700;font-size:15.5px}header nav:last-child{margin-left:auto}.pill{background:#17181C;color:#fff;padding:8px 16px}
.hero{overflow:hidden;display:grid;grid-template-columns:760px 1fr;background:#17181C;color:#F4F0E6}.hero .pic{height:600px;clip-path:polygon(0 0,100% 0,calc(100% - 84px) 100%,0 100%)}
.hero .t{padding:44px 32px 0 0;margin-left:-16px}
.tag{background:#FF5A1F;color:#17181C;font-weight:800;font-size:14px;padding:5px 12px;display:inline-block;transform:skewX(-10deg)}
h1{font-size:76px;line-height:.94;font-weight:800;font-style:italic;letter-spacing:-.045em;text-transform:uppercase;margin:18px -110px 16px 0}
.hero p{font-size:16.5px;line-height:1.55;color:#C9C9CE;max-width:420px}
.result{display:grid;grid-template-columns:1fr auto 1fr;align-items:center;margin-top:24px;border-top:1px solid #3A3D47;padding-top:18px;text-align:center;font-weight:700;font-size:14.5px}.result b{font-size:58px;font-weight:800;font-style:italic;letter-spacing:-.04em;line-height:1}.badge{width:44px;height:46px;display:block;margin:0 auto 6px}
.main{display:grid;grid-template-columns:1fr 384px;gap:32px;padding:32px 32px 0}
.cards{display:grid;grid-template-columns:repeat(3,1fr);gap:20px}.cards .pic{height:186px}h3{font-size:21px;line-height:1.12;font-weight:800;letter-spacing:-.03em;margin:12px 0 6px}.cards p{font-size:14.5px;line-height:1.45;color:#55565C}.cards span{color:#D1420F;font-weight:700;font-size:13px;display:block;margin-top:12px}
h2{font-size:34px;font-weight:800;font-style:italic;letter-spacing:-.04em;text-transform:uppercase;line-height:1}
.table{background:#fff;padding:20px 22px;grid-row:span 2}.table td,.table th{padding:13.4px 4px;text-align:center;font-size:14.5px;border-top:1px solid #E6E1D4;font-variant-numeric:tabular-nums}.table th{border:0;color:#8A8A8F;font-size:12px;font-weight:600}.table td:nth-child(2),.table th:nth-child(2){text-align:left;font-weight:700}.table td:last-child{font-weight:800}.table .us td{background:#FF5A1F;color:#17181C}.table .badge{display:inline-block;width:20px;height:21px;margin:0 8px -5px 0}
.fix{margin-top:8px}.fix li{display:grid;grid-template-columns:110px 1fr 90px;gap:12px;padding:15px 0;border-top:2px solid #17181C;font-weight:700;font-size:17px;align-items:center}.fix li span{font-size:13.5px;font-weight:500;color:#55565C}.fix li a{background:#17181C;color:#fff;text-align:center;font-size:13px;padding:7px}
.stars{background:#FF5A1F;margin-top:56px;padding:48px 32px;display:grid;grid-template-columns:1fr repeat(4,216px);gap:20px;align-items:end}.stars h2{font-size:54px}.stars li{background:#17181C;color:#F4F0E6;list-style:none}.stars .pic{height:216px}.stars b{display:block;padding:12px 14px 0;font-size:16.5px}.stars li span{display:flex;justify-content:space-between;padding:2px 14px 14px;font-size:13.5px;color:#B5B6BD}.stars li span i{font-style:normal;color:#FF7B45;font-weight:800;font-size:19px}
.folk{padding:56px 32px;display:grid;grid-template-columns:1fr 1fr 1fr;gap:32px}.folk h2{grid-column:1/-1}.folk li{list-style:none;border-top:2px solid #17181C;padding-top:12px}.folk li span{color:#D1420F;font-weight:700;font-size:13px}.folk p{color:#55565C}
footer{background:#17181C;color:#9A9DA8;padding:34px 32px;display:flex;justify-content:space-between;align-items:center;font-size:14px}footer .mark{color:#F4F0E6;font-size:34px}
@media(max-width:600px){.scores{grid-template-columns:92px 1fr}.scores>b{padding:0 12px;font-size:14px}.scores li:nth-of-type(n+2){display:none}header{padding:12px 18px;justify-content:space-between}header nav{display:none}.mark{font-size:36px}header::after{content:'';width:24px;height:15px;border-top:3px solid;border-bottom:3px solid}.hero{grid-template-columns:1fr}.hero .pic{height:320px;clip-path:polygon(0 0,100% 0,100% 90%,0 100%)}.hero .t{padding:6px 18px 24px;margin:0}h1{font-size:46px;margin:12px -60px 10px 0}.hero p{font-size:15px}.main,.folk,.stars{grid-template-columns:1fr;padding:20px 18px}.cards{grid-template-columns:1fr}.fix li{grid-template-columns:1fr}footer{display:block}.result{margin-top:16px;padding-top:14px}}
`

const score = (state: string, home: string, homeGoals: string, away: string, awayGoals: string): string =>
  `<li><span${state.includes('’') ? ' class="on"' : ''}>${state}</span><div>${home}<b>${homeGoals}</b></div><div>${away}<b>${awayGoals}</b></div></li>`

const clubs: readonly (readonly [string, string, string, 'shield' | 'round' | 'diamond', readonly number[]])[] = [
  ['Arjuna Malang', '#17181C', '#fff', 'shield', [17, 11, 4, 2, 37]],
  ['Bahari Utama', '#1B5FA8', '#F2C14B', 'round', [17, 10, 5, 2, 35]],
  ['Persada Solo', '#B3202A', '#fff', 'diamond', [17, 10, 3, 4, 33]],
  ['Garuda Borneo', '#E0A32B', '#17181C', 'shield', [17, 9, 4, 4, 31]],
  ['Mataram Raya', '#1E6B5C', '#F4F0E6', 'round', [17, 8, 6, 3, 30]],
  ['Celebes Mandiri', '#7B2036', '#F2C14B', 'diamond', [17, 8, 3, 6, 27]],
  ['Sriwijaya Muda', '#D8B43A', '#B3202A', 'shield', [17, 7, 5, 5, 26]],
  ['Papua Selatan', '#2B2D36', '#D9412F', 'round', [17, 7, 3, 7, 24]],
]

const standings = clubs
  .map(
    ([name, main, trim, shape, numbers], i) =>
      `<tr${i === 0 ? ' class="us"' : ''}><td>${i + 1}</td><td>${badge(main, trim, shape)}${name}</td>${numbers.map((n) => `<td>${n}</td>`).join('')}</tr>`,
  )
  .join('')

const card = (art: string, topic: string, title: string, text: string): string =>
  `<article><div class="pic">${art}</div><span>${topic}</span><h3>${title}</h3><p>${text}</p></article>`

const star = (look: Parameters<typeof portrait>[0], name: string, sport: string, figure: string): string =>
  `<li><div class="pic">${portrait(look)}</div><b>${name}</b><span>${sport}<i>${figure}</i></span></li>`

const body = `
<ul class="scores"><b>Skor</b>${score('Babak 2, 71’', 'Arjuna', '3', 'Bahari', '1')}${score('Selesai', 'Persada', '0', 'Mataram', '0')}${score('Selesai', 'Borneo', '2', 'Celebes', '1')}${score('Jumat 19.00', 'Sriwijaya', '', 'Papua Sel.', '')}${score('Sabtu 15.30', 'Mataram', '', 'Arjuna', '')}</ul>
<header><div class="mark"><span class="x">warta<i>/</i>arena</span></div><nav><a>Sepak bola</a><a>Bulu tangkis</a><a>Voli</a><a>Lari</a><a>Kampung</a><a>Klasemen</a></nav><nav><a class="pill">Kirim hasil laga</a></nav></header>
<section class="hero"><div class="pic">${nightMatch()}</div><div class="t"><span class="tag">Liga Nusantara, pekan 17</span><h1><span class="x">Hujan gol di bawah lampu Gajayana</span></h1><p>Bima Aryasatya mencetak tiga gol dalam dua puluh menit dan membawa Arjuna Malang ke puncak klasemen.</p><div class="result"><div>${badge('#FF5A1F', '#fff', 'shield')}Arjuna Malang</div><b>3–1</b><div>${badge('#1B5FA8', '#F2C14B', 'round')}Bahari Utama</div></div></div></section>
<section class="main"><div><div class="cards">
${card(court(), 'Bulu tangkis', 'Ganda Blitar kejutkan unggulan di Istora', 'Menang dua gim langsung dalam 41 menit.')}
${card(race(), 'Lari', 'Delapan ribu pelari padati Ijen Boulevard', 'Rekor rute sepuluh kilometer pecah dua kali.')}
${card(tactics(), 'Taktik', 'Mengapa tiga bek kini dipakai semua orang', 'Catatan dari lima laga terakhir, dengan gambar.')}
</div></div>
<aside class="table"><h2><span class="x">Klasemen</span></h2><table><tr><th></th><th>Klub</th><th>Main</th><th>M</th><th>S</th><th>K</th><th>Poin</th></tr>${standings}</table></aside>
<div><h2><span class="x">Jadwal pekan ini</span></h2><ul class="fix"><li><span>Jumat 13 Feb, 19.00</span>Sriwijaya Muda lawan Papua Selatan<a>Tiket</a></li><li><span>Sabtu 14 Feb, 15.30</span>Mataram Raya lawan Arjuna Malang<a>Tiket</a></li></ul></div></section>
<section class="stars"><h2><span class="x">Pemain<br>pekan<br>ini</span></h2>
${star({ hair: 'short', background: '#FFB28E', shirt: '#FF5A1F', skin: 2 }, 'Bima Aryasatya', 'Penyerang', '9,4')}
${star({ hair: 'bun', background: '#CFE3DB', shirt: '#1E6B5C', skin: 0 }, 'Kadek Dewi Lestari', 'Tunggal putri', '9,1')}
${star({ hair: 'hijab', background: '#F3DCA8', shirt: '#1B5FA8', accent: '#24262E', skin: 1 }, 'Nabila Azzahra', 'Libero', '8,9')}
${star({ hair: 'side', background: '#D9D5E6', shirt: '#B3202A', skin: 2, beard: true }, 'Yance Rumbiak', 'Bek kanan', '8,7')}
</section>
<section class="folk"><h2><span class="x">Dari kampung ke kampung</span></h2><li><span>Tarkam, Kepanjen</span><h3>Final diguyur hujan, dilanjutkan dengan sandal</h3><p>Gol penentu dicetak tukang bakso langganan.</p></li><li><span>Voli, Batu</span><h3>Lapangan apel melahirkan enam pemain nasional</h3><p>Latihan dimulai setelah panen sore.</p></li><li><span>Panahan, Lawang</span><h3>Nenek 67 tahun menang tiga kali berturut-turut</h3><p>Rahasianya: tidak melihat papan skor.</p></li></section>
<footer><div class="mark"><span class="x">warta<i>/</i>arena</span></div><span>Jl. Semeru 44, Malang 65112</span><span>Redaksi, Iklan, Kirim hasil laga</span></footer>`

export const warta: Site = {
  slug: 'warta',
  plan: 'berita',
  name: 'Warta',
  describes: {
    id: 'Cepat dan bertenaga untuk berita olahraga dan komunitas: skor langsung, klasemen, jadwal, dan kiriman pembaca.',
    en: 'Fast and energetic, for sports and community news: live scores, standings, fixtures and readers’ reports.',
  },
  palette: ['#FF5A1F', '#17181C', '#F4F0E6', '#1E6B5C'],
  css,
  body,
}
