"""The words that a withdrawal is asked for with: plain, easy to spell, and about nothing.

Pure.

There are 1,296, so four drawn at random are one of 2.8 million million (41 bits). They are lower
case without accents, of four to nine letters, and any two differ in at least two letters: a slip
of the finger never makes another one. None speaks of bodies, skin, faith or force, and none is
known to us as a word that people are hurt with, in English or in Spanish.
"""

from __future__ import annotations

from typing import Final

_LISTED: Final = """
acacia acorn acre acrobat afternoon agile airport album alder algae almanac aloe alpaca alphabet
ample anchovy ancient anecdote anemone anorak antelope antler anvil apricot apron aquatic arbor
archive arctic armchair arrival article artist arugula aspen aster athlete atlas attic aurora
author autumn avenue awning axle azalea azure backpack badger bagel baggage bagpipe baguette bakery
balanced balcony ball ballad balloon ballroom balsam bamboo banister banner barge baritone barley
barnacle basalt baseball basil basket bassoon baton bayou beach beam beanie bearing beetle begonia
bellows beret bergamot bicycle birch biscuit blanket blazer blender blinds blissful blizzard
blossom blouse bluebell blueberry bluebird bluejay boat bobcat bonfire bongo bonnet bonsai bookcase
bookmark bookshop borage bottle bowling bracelet bracken bramble branch bread breeze brick bridge
brief bright brioche broccoli brochure brook broth bubbly bucket buckle buffet bugle bulb bulletin
bungalow busy buttercup butterfly button cabbage cabinet cable cactus cadence cake calendar calm
camellia camera campfire canal canary candle candy canoe canola canteen canvas canyon caper caption
carafe caravan cardigan careful caribou carnival carousel carp carpet carriage carrot cascade
castanet casual cavern cedar ceiling celebrate celery cellar cello central cereal chair chapter
chard checkers cheddar cheerful cheese cheetah chess chestnut chickpea chicory chime chimney
chipmunk chives chorus chowder cicada cider cilantro cinnamon circle cistern citrus civic clamp
clarinet classic clear cliff clip cloak closet cloud clue coach coast colander collage comedy comet
comma compass compote computer concert condor cone conifer contest cookie coral cord corduroy
cornet cornfield corridor cottage courtyard couscous cowslip cradle crane crater crayon creek crest
cricket crisp crockery crocus crouton cruise crumble crystal cube cucumber cupboard cupcake curious
curlew curling currant curtain cushion custard cutlery cycling cyclist cylinder daffodil dahlia
damson dance daring daybreak daylight decade deck delicate delta denim dense depot desert diagonal
diagram dial diary digit digital dinner dish document dolphin domino doodle door doorbell doorstep
doorway dough doughnut dove dragonfly drama drawer drawing dresser dressing driftwood drill
driveway drizzle drum duckling dulcimer dumpling dune dunlin duvet dynamo eager eagle earring earth
easel east eastern echo eggshell egret elastic electric elegant elephant ember encore endive engine
ensemble equator eraser ermine essay estuary evening evergreen exhibit extra fabric falcon famous
fancy fanfare farmhouse fawn feather felt fennel fern ferry festive fiction fiddle figure film
filter finch firefly firelight fireside firewood flamingo flannel flask fleece flexible flight
flint floor floral flounder flower fluent fluffy flute folder foliage folk football foothill
footpath footstep forest forge formal formula fossil fountain foxglove foyer fragrant frank freesia
freezer fresco fresh friendly frisbee fritter frosting frosty frozen fudge futon gadget galaxy
gallery game garage garden gardener gardenia garlic garment garnish gazelle gear gecko gelato
geometry geranium gerbil ginger gingham ginkgo giraffe glacier glade glass glen glider global
glossary glossy glove goggles golf gong goose gourd graceful grand granite granola grape gravel
gravy green greeting griddle guava guitar guppy gust gymnast hallway hammer hammock hamster
handball handmade handshake hanger happy hardy harmony harvest hawk hawthorn hayfield hazelnut
headband headline healthy hearty hedge hedgehog hedgerow helmet helpful herb heron herring hibiscus
highland highway hiking hill hillside history hobby hockey hoist holiday hollow holly honest honey
honeycomb hopeful horizon horseshoe hotel house humidity hummus hurdle hyacinth ibex ibis iceberg
icicle icing iguana impala indigo inkwell inlet instant intact island jackdaw jacket jaguar jazz
jellybean jersey jetty jewel jigsaw jingle journal journey joyful jubilant juggler juice jukebox
jump junction juniper kale kazoo keen keepsake kelp kestrel ketchup kettle keyboard kiln kind
kindness kiosk kitchen kite knitwear knot koala kumquat lace ladder ladle ladybird lagoon lakeside
lamb lamplight landmark larch lark lasting laughter laurel lavender lavish leafy lecture leek
legend lemon lemonade lemur lens lentil leopard lesson lettuce lexicon library lifeboat lilac lily
limerick limpet linden liner lining linnet lintel lion lively lizard llama loaf lobster local
locket lodge loft logo loom lorry lotus lowland lozenge lucky luggage lullaby lunar lunch lunchtime
lupin macaroni macaroon macaw machine magazine magenta magnet magnolia mailbox mallard mallet
manatee mandolin mango mantel manual maple maraca marathon marble margin marigold marimba marjoram
marker marmot marsh marten marzipan mayfly mazurka meadow medal meerkat mellow melody memo meteor
metro midday midnight midsummer mighty mimosa mineral minnow minty minuet mirror mist mitten mobile
modern modest monorail monsoon moon moonbeam moonlight moped morning mosaic moss moth motor
motorway muffin mural museum mushroom musical mussel myrtle napkin narrator narrow narwhal natural
neat necklace netball neutral nimble north northern notebook nougat novel nozzle numeral nuthatch
nutmeg nutshell nylon oakwood oasis oatcake oatmeal oats oblong ocean ocelot octave octopus
oleander olive onion optical orbit orchard orchestra orchid orderly oregano original oriole osprey
ostrich otter outdoors oval overalls overcoat overture package paddling paint painter palette
pampas pamphlet pancake panda pantry paprika parade parcel parka parsley parsnip party pasta
pasture path pathway patient patio pattern pavement pavilion peaceful peacock peak pebble pecan
pelican pencil pendant pendulum penguin penpal peony pepper perch pesto petal petrel petunia
pheasant phrase piano piccolo picnic pigment pika pillow pilot pinafore pinball pineapple pinecone
pinwheel pipe piston pitcher pixel pizza planet plank plate plateau platform player playful pleat
pliers plover plum plumbing poem polecat polenta polite polka pollen polo pond popcorn poplar
porpoise porridge port porthole portrait postbox postcard poster pottery prairie precise prelude
pretzel prime primrose prism prologue promise proverb pudding puddle pulley pullover puma pumpkin
punctual puppet purple purse puzzle quail quarry quartet quartz quick quicksand quince quintet quiz
rabbit radiator radio radish raffle raft railing railway rain rainbow raincoat rainfall raisin ramp
rapid raspberry ravine ravioli reader ready recipe recital recorder reed refrain regatta register
regular reindeer relay restful reunion rhapsody rhyme rhythm ribbon rice ripple risotto river
riverbank road roadside robin rock roll roof rooftop rosebud rosemary rosy round rowan rowboat
rowing rudder rugby ruler rumba running runway rustic saffron saga sailboat sailor salt sand sandal
sandbox sander sandpit sandwich sapling sardine satin satsuma saucepan saucer sawdust scallop scarf
scarlet scenery scenic scholar school schooner science scissors scooter scribble script seagull
seahorse seal seashell seaside season seaweed secure seedling sensor sequel sequoia serenade serene
sewing shallot shawl shed shelf shiny shirt shoelace shore shoreline shortcake shovel shrub shutter
shuttle sidecar sidewalk signal signpost silent silkworm silky simple sincere skate skating skillet
skipping skylark skylight skyline sledge sleet sleeve slipper slipway smart smock smooth smoothie
snail sneaker snooker snorkel snowdrop snowfall snowflake snowshoe snowy soccer softball soil solar
solid sonata songbird sonic soprano sorrel soup south southern souvenir soybean spaceship spanner
sparrow spatula spectrum sphere spicy spinach spindle spiral sponge spool spring sprout spruce
square squid squirrel stable stadium stair stamp stapler starfish stargazer starlight starling
station statue steady steamer stellar stencil stingray stitch stoat stocking stone stopwatch stork
storybook stream street strudel studio sturdy sturgeon subway suit suitcase summer summit sunbeam
sundae sundial sunflower sunlit sunny sunrise sunset sunshine supper surfing surprise swan sweater
swift swimming sycamore symbol symphony syrup tablet tadpole tamarind tangerine tangy tapir
tarragon tartan tassel taxi teacher teacup teapot teaspoon template tempo tennis tenor terrace
terrain textbook textile thaw theory thermos thimble thistle thorough thread thrifty thrush thunder
ticket tide tiger timber tiny toaster toboggan toffee tofu toggle tomato toolbox topping torrent
tortoise toucan tourist tractor trail trailer tram tranquil transit trapeze treble treehouse
treetop trefoil trellis triangle trio tripod trolley trombone trophy tropical trousers trout trowel
truck truffle tuba tulip tumbler tundra tunic tunnel turbine turmeric turnip turntable turtle tutor
tweed tweezers twig twilight umbrella unicycle unique upbeat urchin utensil valley valve vanilla
vase vehicle velvet veranda verbal verbena vertical vest vibrant video vineyard vintage viola
violet violin visible visitor visual vital vivid vole volume wafer wagon wallpaper walnut walrus
waltz warbler wardrobe warm wasabi washer waterfall watermill wave waxwing weekend western wetland
wheat wheel whippet wicker wildlife windmill window windy wing winged winter wire wisteria wombat
wooden woodland workshop wren writer yearly yesterday yoga zenith zesty zigzag zinnia zipper
zucchini
"""

EASY_WORDS: Final = tuple(_LISTED.split())
"""All of them, in the order of the alphabet."""
