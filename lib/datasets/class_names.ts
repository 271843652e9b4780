/**
 * The names of the classes of the image data sets, in the order of their
 * indices.
 *
 * @module
 */

/** The ten digits, for MNIST and the drawn digits. */
export const DIGITS: readonly string[] = [..."0123456789"];

/** The ten classes of Fashion-MNIST. */
export const FASHION_MNIST_CLASSES: readonly string[] = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];

/** The ten classes of CIFAR-10. */
export const CIFAR_10_CLASSES: readonly string[] =
  "airplane automobile bird cat deer dog frog horse ship truck".split(" ");

/** The hundred fine classes of CIFAR-100. */
export const CIFAR_100_CLASSES: readonly string[] = `
  apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl
  boy bridge bus butterfly camel can castle caterpillar cattle chair
  chimpanzee clock cloud cockroach couch crab crocodile cup dinosaur dolphin
  elephant flatfish forest fox girl hamster house kangaroo keyboard lamp
  lawn_mower leopard lion lizard lobster man maple_tree motorcycle mountain
  mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck
  pine_tree plain plate poppy porcupine possum rabbit raccoon ray road
  rocket rose sea seal shark shrew skunk skyscraper snail snake spider
  squirrel streetcar sunflower sweet_pepper table tank telephone television
  tiger tractor train trout tulip turtle wardrobe whale willow_tree wolf
  woman worm
`.trim().split(/\s+/);

/** The classes of Pascal VOC's segmentations, in the order of their indices. */
export const PASCAL_VOC_CLASSES: readonly string[] =
  `background aeroplane bicycle bird boat bottle bus car cat chair cow
  diningtable dog horse motorbike person pottedplant sheep sofa train
  tvmonitor`.split(/\s+/);
