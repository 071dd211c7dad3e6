package io.sichter.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sichter.tensor.Autocast;
import io.sichter.tensor.Device;
import io.sichter.tensor.Generators;
import io.sichter.tensor.Precision;
import io.sichter.tensor.Scope;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatmulConvolutionTest {
    /** Output and gradients of input, weight and bias. */
    private interface Convolution {
        Tensor apply(Tensor input, Tensor weight, Tensor bias);
    }

    private static List<Tensor> run(Tensor x, Tensor w, Tensor b, Precision precision, Convolution convolution) {
        Tensor input = x.detach().clone().requires_grad_(true);
        Tensor weight = w.detach().clone().requires_grad_(true);
        Tensor bias = b.detach().clone().requires_grad_(true);
        Tensor output = Autocast.call(Device.CPU, precision, () -> convolution.apply(input, weight, bias));
        output.to(torch.ScalarType.Float).square().sum().backward();
        return List.of(output, input.grad(), weight.grad(), bias.grad());
    }

    private static double error(Tensor found, Tensor truth) {
        Tensor difference = found.detach().to(torch.ScalarType.Float).sub(truth.detach());
        return difference.norm().item_double() / truth.detach().norm().item_double();
    }

    @ParameterizedTest
    @CsvSource({"1,1,0,6,7", "1,2,0,7,6", "3,1,1,6,7", "3,2,1,7,6", "3,2,1,6,6", "7,2,3,12,13", "3,1,0,5,5"})
    void isAConvolutionAsPreciseAsOneDnns(int kernel, int stride, int padding, int height, int width) {
        Scope.run(() -> {
            Generators.seed(3);
            Tensor x = torch.randn(2, 24, height, width).contiguous(torch.MemoryFormat.ChannelsLast);
            Tensor w = torch.randn(32, 24, kernel, kernel).contiguous(torch.MemoryFormat.ChannelsLast);
            Tensor b = torch.randn(32);
            Convolution reference = (input, weight, bias) -> {
                org.bytedeco.pytorch.TensorOptional some = new org.bytedeco.pytorch.TensorOptional(bias);
                long[] strides = {stride, stride};
                return torch.conv2d(input, weight, some, strides, new long[] {padding, padding}, new long[] {1, 1}, 1);
            };
            List<Tensor> truth = run(x, w, b, Precision.FP32, reference);
            List<Tensor> oneDnn = run(x, w, b, Precision.BF16, reference);
            List<Tensor> ours = run(
                    x,
                    w,
                    b,
                    Precision.BF16,
                    (input, weight, bias) -> MatmulConvolution.apply(input, weight, bias, stride, padding));
            assertThat(ours.get(0).shape()).isEqualTo(truth.get(0).shape());
            assertThat(ours.get(0).is_contiguous(torch.MemoryFormat.ChannelsLast))
                    .isTrue();
            for (int i = 0; i < truth.size(); i++) {
                double allowed = Math.max(1.5 * error(oneDnn.get(i), truth.get(i)), 4e-3);
                assertThat(error(ours.get(i), truth.get(i))).isLessThan(allowed);
            }
            assertThat(ours.get(2).is_contiguous(torch.MemoryFormat.ChannelsLast))
                    .isTrue();
        });
    }

    @Test
    void isTakenOnlyInBfloat16AndWhereItPays() {
        Scope.run(() -> {
            Tensor x = torch.zeros(1, 512, 4, 4);
            Tensor many = torch.zeros(512, 512, 3, 3);
            Tensor few = torch.zeros(64, 64, 3, 3);
            Tensor point = torch.zeros(64, 64, 1, 1);
            assertThat(MatmulConvolution.isFaster(x, many)).isFalse();
            boolean[] faster = Autocast.call(Device.CPU, Precision.BF16, () -> new boolean[] {
                MatmulConvolution.isFaster(x, many),
                MatmulConvolution.isFaster(x, few),
                MatmulConvolution.isFaster(x, point)
            });
            assertThat(faster).containsExactly(true, false, true);
        });
    }
}
