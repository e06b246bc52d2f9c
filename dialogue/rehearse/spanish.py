"""What the people and the facilitator of a rehearsal in Spanish write.

Pure. Nobody wrote any of it about anybody.
"""

from __future__ import annotations

from typing import Final

REFLECTIONS: Final = (
    "Me preguntaron dos veces de dónde soy en realidad, en mi propio edificio. Volví sin fuerzas.",
    "En mi familia nadie hablaba de la raza; aprendí a callar antes que a decir.",
    "En esa reunión no dije nada. Todavía oigo el chiste, y mi silencio después.",
    "Que me escucharan tres minutos sin responder se me hizo largo, y me hizo bien.",
    "Lo primero que pensé fue explicar que no era con mala intención. Hoy lo noté y esperé.",
    "Cuando Jordan Ellis habló encima de mí, dos personas miraron la mesa.",
    "Todavía no sé qué pienso. Me gustaría tener permiso de no saberlo.",
    "La palabra que se me queda es “normal”. Para ella fue un martes normal.",
    "Primero sentí enojo. Luego vi que era vergüenza, y con eso cuesta más quedarse.",
    "Dicen que no ven el color. Yo quiero que me vean, todo.",
    "En el trabajo cambio la voz. Nunca lo había dicho en voz alta.",
    "Creí que se trataba de culpas. Se trataba de poner atención.",
    "Maria Okafor me dijo una vez que trajera menos de mí a la recepción. He traído menos.",
    "Crecí donde todo el mundo se parecía a mí. Nunca pregunté por qué.",
    "Quiero que volvamos a esto. Una hora abre una puerta, y luego se la cerramos a la gente.",
    "Me repiten mi acento como si fuera una gracia.",
    "Algo pequeño: dijo bien mi nombre, y preguntó antes.",
    "No me siento con la seguridad de escribir lo que pienso, así que escribo eso.",
    "Today I mostly listened. That was new for me.",
    "Ich habe heute vor allem zugehört.",
    "En mi equipo no hay nadie más como yo. Antes de sentarme, cuento.",
    "Me costó oír que mi ayuda pesaba.\n\nQuiero cargar menos y preguntar más.",
    "Hay un cartel sobre el respeto junto a la impresora, y nadie le habla a quien limpia.",
    "Que después me digan “yo también lo noté” se agradece. En la reunión serviría.",
    "Sigo buscando la frase perfecta. Quizá no existe, y empiezo de todos modos.",
    "Mi hijo preguntó por qué nos seguía el guardia. Le dije que iba para el mismo lado.",
    "Pasé en todas las rondas, y estuvo bien pasar. Gracias por eso.",
    "Lo que voy a hacer: preguntarle a Sam Whitfield cómo fue su año, y después callarme.",
)
"""One to three sentences each, by made-up people."""

NOTES: Final = (
    "Que te escuchen sin querer arreglarte #a1",
    "El silencio, y lo que le cuesta a quien lo guarda #c2",
    "La buena intención estorba para escuchar",
    "El acento, los nombres, y que pregunten de dónde eres",
    "Después de las parejas la sala bajó el ritmo por sí sola",
    "Jordan Ellis dijo que una hora es un comienzo",
)
"""What the facilitator notes."""

PARKED: Final = ("¿Quién falta en esta sala, y por qué?", "¿Qué pasa con lo que escribimos?")
AGREED: Final = ("Dejamos que haya silencio.", "Antes de ayudar, preguntamos.")
COMMITTED: Final = ("Nos vemos otra vez en cuatro semanas, con dos horas.",)
ASKED: Final = (
    "Que se paguen las horas que la gente pasa aquí.",
    "Que se diga antes de la primavera qué va a cambiar.",
)
