"""Words of the invented programmes and people, Korean with its English."""

from __future__ import annotations

Pair = tuple[str, str]

GENRES = ("드라마", "예능", "영화", "다큐", "애니", "스포츠", "뉴스", "키즈")
DRAMA, VARIETY, MOVIE, DOCUMENTARY, ANIME, SPORTS, NEWS, KIDS = range(len(GENRES))

_MOODS: tuple[Pair, ...] = (
    ("푸른", "Blue"),
    ("마지막", "The Last"),
    ("조용한", "Quiet"),
    ("뒤늦은", "Belated"),
    ("낯선", "Unfamiliar"),
    ("오래된", "Old"),
    ("두 번째", "The Second"),
    ("눈부신", "Dazzling"),
    ("사라진", "Vanished"),
    ("하얀", "White"),
    ("어긋난", "Crossed"),
    ("은밀한", "Covert"),
    ("평범한", "Ordinary"),
    ("젖은", "Rain-Soaked"),
    ("한밤의", "Midnight"),
)
_STORIES: tuple[Pair, ...] = (
    ("계절", "Season"),
    ("편지", "Letter"),
    ("골목", "Alley"),
    ("증언", "Testimony"),
    ("항구", "Harbour"),
    ("약속", "Promise"),
    ("온도", "Temperature"),
    ("이웃", "Neighbour"),
    ("변론", "Plea"),
    ("사진관", "Photo Studio"),
    ("일기장", "Diary"),
    ("여름비", "Summer Rain"),
)
_FILMS: tuple[Pair, ...] = (
    ("국경", "Border"),
    ("작전", "Operation"),
    ("탈주", "Breakout"),
    ("형사", "Detective"),
    ("등대", "Lighthouse"),
    ("도시", "City"),
    ("귀환", "Homecoming"),
    ("거래", "Deal"),
    ("고백", "Confession"),
    ("추격", "Pursuit"),
)
_PLACES: tuple[Pair, ...] = (
    ("제주", "Jeju"),
    ("강릉", "Gangneung"),
    ("통영", "Tongyeong"),
    ("전주", "Jeonju"),
    ("부산", "Busan"),
    ("속초", "Sokcho"),
    ("남해", "Namhae"),
    ("군산", "Gunsan"),
    ("목포", "Mokpo"),
    ("안동", "Andong"),
)
_OUTINGS: tuple[Pair, ...] = (
    ("한 끼", "One Meal"),
    ("새벽 시장", "Dawn Market"),
    ("완행열차", "Slow Train"),
    ("밤 산책", "Night Walk"),
    ("사흘 민박", "Three-Day Guesthouse"),
    ("동네 노래방", "Neighbourhood Karaoke"),
    ("작은 분교", "Little School"),
    ("퀴즈 마을", "Quiz Village"),
    ("요리 대항전", "Cook-Off"),
)
_SUBJECTS: tuple[Pair, ...] = (
    ("갯벌", "Mudflats"),
    ("한옥", "Hanok"),
    ("고래", "Whales"),
    ("장인", "Artisans"),
    ("쌀", "Rice"),
    ("철새", "Migratory Birds"),
    ("도자기", "Pottery"),
    ("소금", "Salt"),
    ("산길", "Mountain Paths"),
    ("해녀", "Haenyeo"),
)
_VIEWS: tuple[Pair, ...] = (
    ("시간", "A Time"),
    ("사계", "Four Seasons"),
    ("지도", "An Atlas"),
    ("기록", "A Record"),
    ("하루", "One Day"),
)
_HEROES: tuple[Pair, ...] = (
    ("꼬마 로봇", "Little Robot"),
    ("숲속 여우", "Forest Fox"),
    ("구름 고래", "Cloud Whale"),
    ("별빛 토끼", "Starlight Rabbit"),
    ("용감한 수달", "Brave Otter"),
    ("파란 곰", "Blue Bear"),
    ("달리는 고양이", "Running Cat"),
    ("종이 공룡", "Paper Dinosaur"),
    ("감자 기사", "Potato Knight"),
    ("마법 붓", "Magic Brush"),
)
_ADVENTURES: tuple[Pair, ...] = (
    ("탐험대", "Explorers"),
    ("우체국", "Post Office"),
    ("도서관", "Library"),
    ("특급 열차", "Express"),
    ("분실물 센터", "Lost and Found"),
    ("비밀 기지", "Secret Base"),
    ("요리 교실", "Cooking Class"),
    ("합창단", "Choir"),
)
_GAMES: tuple[Pair, ...] = (
    ("야구", "Baseball"),
    ("축구", "Football"),
    ("배구", "Volleyball"),
    ("농구", "Basketball"),
    ("바둑", "Baduk"),
    ("탁구", "Table Tennis"),
)
_SHOWS: tuple[Pair, ...] = (
    ("명장면", "Highlights"),
    ("한 주", "Weekly"),
    ("라커룸", "Locker Room"),
    ("결승의 날", "Finals Day"),
)
_BEATS: tuple[Pair, ...] = (
    ("아침", "Morning"),
    ("저녁", "Evening"),
    ("경제", "Economy"),
    ("날씨", "Weather"),
    ("세계", "World"),
)
_REPORTS: tuple[Pair, ...] = (
    ("브리핑", "Briefing"),
    ("수첩", "Notebook"),
    ("현장", "On the Spot"),
    ("한눈에", "at a Glance"),
)

TITLE_PARTS: tuple[tuple[tuple[Pair, ...], tuple[Pair, ...]], ...] = (
    (_MOODS, _STORIES),
    (_PLACES, _OUTINGS),
    (_MOODS, _FILMS),
    (_SUBJECTS, _VIEWS),
    (_HEROES[:5], _ADVENTURES),
    (_GAMES, _SHOWS),
    (_BEATS, _REPORTS),
    (_HEROES[5:], _ADVENTURES),
)
LIVE_CHANNELS: tuple[tuple[str, str, int], ...] = (
    ("가람TV", "Garam TV", VARIETY),
    ("누비 드라마", "Nubi Drama", DRAMA),
    ("마루 스포츠", "Maru Sports", SPORTS),
    ("해밀 뉴스", "Haemil News", NEWS),
    ("도담 키즈", "Dodam Kids", KIDS),
    ("여울 영화", "Yeoul Movies", MOVIE),
    ("미리내 다큐", "Mirinae Documentary", DOCUMENTARY),
    ("라온 예능", "Raon Variety", VARIETY),
)
CHANNELS = (
    "가람TV",
    "누비 드라마",
    "라온 예능",
    "여울 영화",
    "미리내 다큐",
    "자체 제작",
)

SURNAMES = "김이박최정강조윤장임한오서신권황안송류홍"
GIVEN_NAMES = (
    *("서윤", "도현", "하린", "지안", "민재", "유진", "태오", "소율", "시우", "예나"),
    *("준서", "가온", "다인", "로운", "세아", "은호", "나래", "건우", "미소", "해찬"),
)

LEADS = (
    "신입 기자",
    "은퇴한 형사",
    "시골 의사",
    "젊은 요리사",
    "전학 온 아이",
    "등대지기",
)
TURNS = (
    "오래 묻힌 사건을 다시 꺼내 든다",
    "떠나온 고향에서 뜻밖의 사람을 만난다",
    "하룻밤 사이에 바뀐 삶을 받아들인다",
    "모두가 포기한 가게를 살려 낸다",
    "지켜 온 비밀과 마주 선다",
)
SYNOPSES = (
    "{lead}가 {turn}.",
    "{place}에서 만난 사람들의 밥상과 이야기를 따라간다.",
    "{lead}가 {place}에서 {turn}.",
    "{place}에서 한 해를 보내며 사람과 자연의 자리를 살핀다.",
    "작은 친구들이 {place}에서 힘을 모아 어려움을 푼다.",
    "한 주의 경기를 돌아보고 선수들의 뒷이야기를 듣는다.",
    "하루의 소식을 짧고 또렷하게 전한다.",
    "아이들이 노래와 놀이로 새 친구를 사귄다.",
)
PLACE_NAMES = tuple(korean for korean, _ in _PLACES)


def title_pair(genre: int, number: int) -> Pair:
    """Return the Korean and English title of a number below ``title_count``."""
    first, second = TITLE_PARTS[genre]
    head, tail = first[number // len(second)], second[number % len(second)]
    if genre == DOCUMENTARY:
        return f"{head[0]}의 {tail[0]}", f"{tail[1]} of {head[1]}"
    return f"{head[0]} {tail[0]}", f"{head[1]} {tail[1]}"


def title_count(genre: int) -> int:
    """Return how many titles a genre has."""
    first, second = TITLE_PARTS[genre]
    return len(first) * len(second)
